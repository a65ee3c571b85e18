"""The line that starts a message in an mbox: `From sender Www Mmm dd hh:mm:ss yyyy` (RFC 4155) and its kin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from transforms.feeds.envelope_date import find_date

LINE_BYTES = 1024
"""Longest envelope line that is believed."""
LOOK_AHEAD = LINE_BYTES + 80
"""Bytes from the start of an envelope line by which it is known: it ends, and a header field after it has its name."""
OPENING_BYTES = 4096
"""First bytes of a file in which its first envelope line is looked for."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_BLANK = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t]*\r?\n)*")
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,73}:(?!//)")
_ANY_DATE = re.compile(rb"\d[:./-]\d|\d{4}")
_FULL_TIME = re.compile(rb"\d:\d\d:\d\d")


@dataclass(slots=True)
class Envelope:
    """Who the envelope line names, when it says the message came (UTC, without a zone), and the line's length."""

    sender: str | None
    at: datetime | None
    line_bytes: int


def parse_envelope(line: bytes) -> Envelope | None:
    """The envelope that a line without its line feed states; None for a line of text that only starts with `From `.

    It ends with a date, which names its weekday or follows an address: such a line is one wherever it stands. A day
    that no calendar has leaves `at` empty.
    """
    date = find_date(line) if _may_be_one(line) else None
    if not date:
        return None
    sender = line[5 : max(date.start, 5)].strip()
    if not date.has_weekday and not _is_address(sender):
        return None
    return Envelope(sender.decode("utf-8", "replace") or None, date.at, len(line) + 1)


def guess_envelope(line: bytes) -> Envelope | None:
    """The envelope that a line may be, if what stands around it agrees: its date is missing or in no known shape.

    It names an address, with nothing behind it or the digits of some date; or it has a time of day with seconds.
    `From here on` and `From 10:00 to 12:00` are neither.
    """
    first, rest = (*line[5:].strip().split(None, 1), b"", b"")[:2]
    is_by_address = _is_address(first) and (not rest or _ANY_DATE.search(rest))
    if not _may_be_one(line) or not (is_by_address or _FULL_TIME.search(rest)):
        return None
    date = find_date(line)
    sender = first.decode("utf-8", "replace") if _is_address(first) else None
    return Envelope(sender, date and date.at, len(line) + 1)


def envelope_at(data: bytes, start: int, is_complete: bool, is_first: bool = False) -> Envelope | None:
    """The envelope line that starts at a place in an mbox, if one does.

    A guess holds only between a blank line (or the beginning: `is_first`) and a line that starts with the name of a
    header field. `is_complete` tells that nothing follows `data`: its last line is whole even without a line feed.
    """
    end = data.find(b"\n", start, start + LINE_BYTES + 1)
    if end < 0:
        end = len(data) if is_complete else start
    line = data[start:end]
    envelope = parse_envelope(line)
    if envelope or not _FIELD.match(data, end + 1):
        return envelope
    return guess_envelope(line) if is_first or data.endswith((b"\n\n", b"\n\r\n"), 0, start) else None


def find_opening(head: bytes) -> tuple[int, Envelope] | None:
    """The envelope line that a file starts with, behind a byte order mark and blank lines, and where it lies."""
    start = _BLANK.match(head).end()
    envelope = envelope_at(head, start, is_complete=False, is_first=True)
    return (start, envelope) if envelope else None


def _may_be_one(line: bytes) -> bool:
    return line.startswith(b"From ") and len(line) <= LINE_BYTES


def _is_address(word: bytes) -> bool:
    if word in (b"MAILER-DAEMON", b"<>", b"-"):
        return True
    return (b"@" in word or b"!" in word) and not word.endswith((b":", b";", b",", b".", b"!")) and not word.split()[1:]
