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
_CLOCK = r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,]\d{1,9})?"
_ZONE = r"([+-]\s?\d{1,2}:?\d{2}|[A-Za-z]{1,5}(?:[+-]\d{1,2}:?\d{2})?)?"
_USUAL = re.compile(
    rf"(?<!\d)(\d{{1,2}})[\s-]+([A-Za-z]{{3}})[A-Za-z]{{0,6}}\.?,?[\s-]+(\d{{2,4}}),?\s+{_CLOCK}\s*{_ZONE}"
)
_ASCTIME = re.compile(
    rf"([A-Za-z]{{3}})[A-Za-z]{{0,6}}\s+(\d{{1,2}}),?\s+{_CLOCK}\s*"
    r"(?:([A-Za-z]{1,5}|[+-]\d{4})\s+)?(\d{4})(?:\s+([+-]\d{4}))?"
)
_ISO = re.compile(rf"(\d{{4}})[-/](\d{{1,2}})[-/](\d{{1,2}})(?:[T\s]+|\s[A-Za-z]{{3}}\s){_CLOCK}\s*{_ZONE}")
_OFFSET = re.compile(r"([+-])\s?(\d{1,2}):?(\d{2})")
_READ_CHARS = 200


@lru_cache(1 << 12)
def read_time(text: str) -> datetime | None:
    """The time that `text` tells, in UTC; None when it tells none, an impossible one, or one outside 1970 to 2100.

    A missing or unknown zone counts as UTC, as RFC 5322 has it for the military ones.
    """
    text = text[:_READ_CHARS]
    try:
        if match := _USUAL.search(text):
            day, month, year, hour, minute, second, zone = match.groups()
            moment = _moment(year, _MONTHS[month.lower()], day, hour, minute, second, zone)
        elif match := _ASCTIME.search(text):
            month, day, hour, minute, second, zone, year, offset = match.groups()
            moment = _moment(year, _MONTHS[month.lower()], day, hour, minute, second, offset or zone)
        elif match := _ISO.search(text):
            year, month, day, hour, minute, second, zone = match.groups()
            moment = _moment(year, int(month), day, hour, minute, second, zone)
        else:
            return None
    except (KeyError, ValueError, OverflowError):
        return None
    return moment if 1970 <= moment.year < 2100 else None


def _moment(year: str, month: int, day: str, hour: str, minute: str, second: str | None, zone: str | None) -> datetime:
    number = int(year)
    if number < 1000:
        number += 1900 if number >= 50 else 2000
    seconds = min(int(second or 0), 59)
    return datetime(number, month, int(day), int(hour), int(minute), seconds) - _offset(zone)


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
