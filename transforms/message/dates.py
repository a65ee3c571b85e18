"""Times as mail writes them, to UTC without a zone (RFC 5322, its obsolete forms, and what senders make of them)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}
_ZONES = {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}
_ZONES |= {"met": 1, "cet": 1, "mest": 2, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "msd": 4, "bst": 1}
_ZONES |= {"jst": 9, "kst": 9, "hkt": 8, "sgt": 8, "aest": 10, "aedt": 11, "wib": 7}
_CLOCK = r"(\d{1,2}[:.]\s?\d{1,2}(?:[:.]\s?\d{1,2})?)(?!\d)(?:[.,]\d{1,9})?(?:\s?([AaPp])[Mm]\b)?"
_ZONE = r"([+-]\s?\d{1,2}:?\d{2}|[A-Za-z]{1,5}(?:[+-]\d{1,2}:?\d{2})?)?"
_USUAL = re.compile(
    rf"(?<!\d)(\d{{1,2}})[\s-]+([A-Za-z]{{3}})[A-Za-z]{{0,6}}\.?,?[\s-]+(\d{{2,4}}),?\s+{_CLOCK}\s*{_ZONE}"
)
_ASCTIME = re.compile(
    rf"([A-Za-z]{{3}})[A-Za-z]{{0,6}}\s+(\d{{1,2}}),?\s+{_CLOCK}\s*"
    r"(?:([A-Za-z]{1,5}|[+-]\d{4})\s+)?(\d{4})(?:\s+([+-]\d{4}))?"
)
_ISO = re.compile(
    rf"(\d{{4}})[-/](\d{{1,2}}|[A-Za-z]{{3}})[-/](\d{{1,2}})(?:[T\s]+|\s[A-Za-z]{{3}}\s){_CLOCK}\s*{_ZONE}"
)
_REGULAR = re.compile(
    r"((?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4}) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d)"
    r" ([+-]\d{4}(?: \([A-Za-z]{1,5}\))?)",
    re.A,
)
_OFFSET = re.compile(r"([+-])\s?(\d{1,2}):?(\d{2})")
_READ_CHARS = 200


def read_time(text: str) -> datetime | None:
    """The time that `text` tells, in UTC; None when it tells none, an impossible one, or one outside 1970 to 2100.

    A missing or unknown zone counts as UTC, as RFC 5322 has it for the military ones.
    """
    if regular := _REGULAR.fullmatch(text):
        day, hour, minute, second, zone = regular.groups()
        midnight = _midnight(day, zone)
        moment = midnight and midnight + timedelta(0, 3_600 * int(hour) + 60 * int(minute) + int(second))
        return moment if moment and 1970 <= moment.year < 2100 else None
    return _read(text)


@lru_cache(1 << 10)
def _midnight(day: str, zone: str) -> datetime | None:
    """The beginning of a day in a zone, in UTC: a trap's own lines share a few of them."""
    noon = _read(f"{day} 12:00:00 {zone}")
    return noon and noon - timedelta(hours=12)


@lru_cache(1 << 12)
def _read(text: str) -> datetime | None:
    text = text[:_READ_CHARS]
    try:
        if match := _USUAL.search(text):
            day, month, year, clock, half, zone = match.groups()
            moment = _moment(year, _MONTHS[month.lower()], day, clock, half, zone)
        elif match := _ASCTIME.search(text):
            month, day, clock, half, zone, year, offset = match.groups()
            moment = _moment(year, _MONTHS[month.lower()], day, clock, half, offset or zone)
        elif match := _ISO.search(text):
            year, month, day, clock, half, zone = match.groups()
            number = int(month) if month.isdigit() else _MONTHS[month.lower()]
            moment = _moment(year, number, day, clock, half, zone)
        else:
            return None
    except (KeyError, ValueError, OverflowError):
        return None
    return moment if 1970 <= moment.year < 2100 else None


def _moment(year: str, month: int, day: str, clock: str, half: str | None, zone: str | None) -> datetime:
    number = int(year)
    if number < 1000:
        number += 1900 if number >= 50 else 2000
    return datetime(number, month, int(day), *_time_of_day(clock, half)) - _offset(zone)


def _time_of_day(clock: str, half: str | None) -> tuple[int, int, int]:
    """Hour, minute and second of `8:05`, `08.05.09` or `8:05: 9`; `half` is the letter of AM or PM, if it has one."""
    hour, minute, *second = map(int, clock.replace(".", ":").split(":"))
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in "pP" else 0)
    return hour, minute, min(second[0], 59) if second else 0


@lru_cache(512)
def _offset(zone: str | None) -> timedelta:
    """How far a zone is ahead of UTC; one that is more than a day off is taken for noise."""
    if match := _OFFSET.search(zone or ""):
        sign, hours, minutes = match.groups()
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        if offset >= timedelta(hours=24):
            return timedelta(0)
        return -offset if sign == "-" else offset
    return timedelta(hours=_ZONES.get((zone or "").lower(), 0))
