"""The date at the end of an mbox envelope line, in the shapes that writers have given it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

_WEEKDAY = r"(?P<weekday>(?:mon|tue|wed|thu|fri|sat|sun),?[ \t]+)?"
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ \t]+"
_DAY = r"(?P<day>\d{1,2})[ \t]+"
_YEAR = r"(?P<year>\d{2,4})"
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?"
_ZONE = r"\(?(?P<zone>(?-i:[A-Z]{1,5})|(?:GMT|UTC?)?[+-]\d{1,2}(?::?\d\d)?)\)?(?:[ \t]+\([^)]{1,40}\))?"
_LATE_ZONE = _ZONE.replace("zone", "late_zone")
_END = r"(?:[ \t]+remote from [^ \t]+)?[ \t]*\r?$"
_SHAPES = tuple(
    re.compile(rf"(?i)[ \t]{shape}{_END}".encode())
    for shape in (
        rf"{_WEEKDAY}{_MONTH}{_DAY}{_TIME}(?:[ \t]+{_ZONE})?[ \t]+{_YEAR}(?:[ \t]+{_LATE_ZONE})?",  # asctime
        rf"{_WEEKDAY}{_DAY}{_MONTH}{_YEAR}[ \t]+{_TIME}(?:[ \t]+{_ZONE})?",  # RFC 5322
        rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)(?:T|[ \t]+){_TIME}(?:[ \t]*{_ZONE})?",  # ISO 8601
    )
)

_CLOCK = re.compile(rb"\d:\d\d")
_DATE_BYTES = 200
"""Most that a date takes, with all that may follow it."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d\d)?$")
_ZONE_HOURS = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
_ZONE_HOURS |= {"BST": 1, "IST": 1, "CET": 1, "MET": 1, "CEST": 2, "MEST": 2, "EET": 2, "EEST": 3, "MSK": 3}


@dataclass(slots=True)
class EnvelopeDate:
    """A date at the end of a line: where it starts, whether it names a weekday, and what moment it is.

    `at` is UTC, without a zone; None for a day that no calendar has.
    """

    start: int
    has_weekday: bool
    at: datetime | None


def find_date(line: bytes) -> EnvelopeDate | None:
    """The date that ends a line; a zone that is missing or unknown is taken for UTC, as in RFC 4155."""
    begin = max(len(line) - _DATE_BYTES, 0)
    if not _CLOCK.search(line, begin):
        return None
    for shape in _SHAPES:
        if match := shape.search(line, begin):
            parts = {key: value.decode() for key, value in match.groupdict().items() if value}
            return EnvelopeDate(match.start(), "weekday" in parts, _moment(parts))
    return None


def _moment(parts: dict[str, str]) -> datetime | None:
    month = parts["month"].lower()
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month)
    clock = (int(parts[key]) for key in ("day", "hour", "minute"))
    try:
        local = datetime(_year(parts["year"]), number, *clock, int(parts.get("second", 0)))
        return local - _offset(parts.get("zone") or parts.get("late_zone") or "")
    except (ValueError, OverflowError):
        return None


def _year(digits: str) -> int:
    """Years of two and three digits are read as RFC 5322 says in 4.3."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if len(digits) == 2 and year < 50 else 1900)


def _offset(zone: str) -> timedelta:
    if match := _OFFSET.search(zone):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return timedelta(minutes=-minutes if match[1] == "-" else minutes)
    return timedelta(hours=_ZONE_HOURS.get(zone, 0))
