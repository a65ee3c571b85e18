"""Times as mail spells them, fast: the day part is rendered once a day, not once a message."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache

DAY = 86_400
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def midnight(day: date) -> int:
    """Seconds since 1970 at the start of `day`, UTC."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


_CLOCK = tuple(f"{h:02d}:{m:02d}:{s:02d}" for h in range(24) for m in range(60) for s in range(60))


@lru_cache(maxsize=4096)
def _day_text(day_number: int) -> str:
    name, month, number, year = _day_words(day_number)
    return f"{name}, {number} {month} {year}"


@lru_cache(maxsize=4096)
def _day_words(day_number: int) -> tuple[str, str, int, int]:
    day = date.fromordinal(day_number + 719_163)
    return _WEEKDAYS[day.weekday()], _MONTHS[day.month - 1], day.day, day.year


@lru_cache(maxsize=256)
def _zone_words(minutes: int) -> str:
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02d}{rest:02d}"


def header_date(epoch: int, zone: int = 0) -> str:
    """`epoch` as RFC 5322 spells it, at `zone` minutes east of Greenwich."""
    day, second = divmod(epoch + zone * 60, DAY)
    return f"{_day_text(day)} {_CLOCK[second]} {_zone_words(zone)}"


def padded_date(epoch: int, zone: int = 0) -> str:
    """The same with the day of the month two columns wide, as Postfix and many mailers write it."""
    text = header_date(epoch, zone)
    return text if text[6] != " " else f"{text[:5]} {text[5:]}"


def plain_date(epoch: int) -> str:
    """The same without its weekday and with the zone `-0000`, as qmail writes it."""
    return header_date(epoch)[5:-5] + "-0000"


def envelope_date(epoch: int) -> str:
    """`epoch` as an mbox envelope line spells it (asctime, UTC)."""
    day, second = divmod(epoch, DAY)
    name, month, number, year = _day_words(day)
    return f"{name} {month} {number:2d} {_CLOCK[second]} {year}"


def stamp(epoch: int) -> str:
    """`epoch` as fourteen digits, as message ids and queue names hold it."""
    day, second = divmod(epoch, DAY)
    _, month, number, year = _day_words(day)
    return f"{year}{_MONTHS.index(month) + 1:02d}{number:02d}{_CLOCK[second].replace(':', '')}"
