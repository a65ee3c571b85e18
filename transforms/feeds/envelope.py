"""The line that starts a message in an mbox: `From sender Www Mmm dd hh:mm:ss yyyy` (RFC 4155) and its kin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

LINE_BYTES = 1024
"""Longest envelope line that is believed."""

_DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?[ \t]+"
_MONTH = rb"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[ \t]+"
_TIME = rb"(\d{1,2}):(\d\d)(?::(\d\d))?"
_ZONE = rb"(?:[ \t]+\(?([A-Z]{1,5}|[+-]\d{4})\)?(?:[ \t]+\([^)]{1,40}\))?)?"
_END = rb"(?:[ \t]+remote from [^ \t]+)?[ \t]*\r?$"
_ASCTIME = re.compile(
    rb"[ \t]" + _DAY + _MONTH + rb"(\d{1,2})[ \t]+" + _TIME + _ZONE + rb"[ \t]+(\d{4})" + _ZONE + _END
)
_RFC822 = re.compile(rb"[ \t]" + _DAY + rb"(\d{1,2})[ \t]+" + _MONTH + rb"(\d{4})[ \t]+" + _TIME + _ZONE + _END)

_MONTHS = (b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec")
_ZONE_HOURS = {b"EST": -5, b"EDT": -4, b"CST": -6, b"CDT": -5, b"MST": -7, b"MDT": -6, b"PST": -8, b"PDT": -7}
_ZONE_HOURS |= {b"BST": 1, b"IST": 1, b"CET": 1, b"MET": 1, b"CEST": 2, b"MEST": 2, b"EET": 2, b"EEST": 3, b"MSK": 3}


@dataclass(slots=True)
class Envelope:
    """Who the envelope line names, when it says the message came (UTC, without a zone), and the line's length."""

    sender: str | None
    at: datetime | None
    line_bytes: int


def parse_envelope(line: bytes) -> Envelope | None:
    """The envelope that a line without its line feed states; None for a line of text that only starts with `From `.

    A day that no calendar has leaves `at` empty. A zone that is missing or unknown is taken for UTC, as in RFC 4155.
    """
    if not line.startswith(b"From ") or len(line) > LINE_BYTES:
        return None
    if match := _ASCTIME.search(line, 4):
        month, day, hour, minute, second, zone, year, late_zone = match.groups()
    elif match := _RFC822.search(line, 4):
        day, month, year, hour, minute, second, zone = match.groups()
        late_zone = None
    else:
        return None
    sender = line[5 : max(match.start(), 5)].strip().decode("utf-8", "replace")
    at = _moment((year, _MONTHS.index(month) + 1, day, hour, minute, second or 0), zone or late_zone)
    return Envelope(sender or None, at, len(line) + 1)


def _moment(fields: tuple[bytes | int, ...], zone: bytes | None) -> datetime | None:
    try:
        return datetime(*map(int, fields)) - _offset(zone)
    except (ValueError, OverflowError):
        return None


def _offset(zone: bytes | None) -> timedelta:
    if zone and zone[:1] in b"+-":
        minutes = int(zone[1:3]) * 60 + int(zone[3:])
        return timedelta(minutes=-minutes if zone[:1] == b"-" else minutes)
    return timedelta(hours=_ZONE_HOURS.get(zone or b"", 0))
