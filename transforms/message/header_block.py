"""Header fields as the tolerant parser reads them: line by line, whatever stands between them."""

from __future__ import annotations

import re

from transforms.message.charsets import decode_text
from transforms.message.limits import FIELD_CHARS, HEADER_BYTES, HEADER_FIELDS, HEADER_LINES
from transforms.message.parts import Field

_FIELD_START = re.compile(rb"((?:[A-Za-z0-9_$]|-(?!-))[!-9;-~]{0,200}?)[ \t]*:")
_SHIFTED = re.compile(rb"\x1b[$(]")
_ENVELOPE = re.compile(rb">?From [^\n:]{1,200}\d\d:\d\d")
_FIELD_AHEAD = re.compile(
    rb"\n(?:from|to|cc|subject|date|received|message-id|mime-version|content-[a-z-]{2,30}|reply-to|sender|return-path"
    rb"|delivered-to|x-[a-z0-9-]{1,60})[ \t]*:",
    re.I,
)
_CHARSET = re.compile(rb"charset[ \t]*=[ \t]*[\"']?([\w.:-]{1,40})", re.I)
_LOOK_AHEAD_BYTES = 8 << 10


def read_header(data: bytes, start: int, end: int, defects: set[str]) -> tuple[list[Field], int]:
    """The fields from `start` on, unfolded and in Unicode, and the offset of the body.

    A line that is no field is skipped when fields follow it, and is the body's first line otherwise.
    """
    lines: list[bytearray] = []
    at = start
    line_count = 0
    while at < end:
        line_count += 1
        line_end = data.find(b"\n", at, end)
        line_end = end if line_end < 0 else line_end
        if line_end == at:
            at += 1
            break
        if line_end - start > HEADER_BYTES or len(lines) >= HEADER_FIELDS or line_count > HEADER_LINES:
            defects.add("header_limit")
            if not lines:
                _take(lines, data[at : at + FIELD_CHARS], False, defects)
            at = _after_header(data, at, end)
            break
        if not _take(lines, data[at:line_end], at == start, defects):
            if not _fields_follow(data, at, end):
                defects.add("no_body_separator")
                break
            defects.add("header_broken")
        at = line_end + 1
    hint = _CHARSET.search(data, start, min(at, end, start + HEADER_BYTES))
    return [_field(bytes(line), hint, defects) for line in lines], min(at, end)


def _take(lines: list[bytearray], line: bytes, is_first: bool, defects: set[str]) -> bool:
    """Add a line to the fields; False when it is neither a field nor goes on with one."""
    if b"\0" in line:
        line = line.replace(b"\0", b"")
    if line[:1] in (b" ", b"\t") and lines:
        lines[-1] += line
        return True
    if _FIELD_START.match(line):
        lines.append(bytearray(line))
        return True
    return bool(is_first and _ENVELOPE.match(line)) or not line


def _fields_follow(data: bytes, at: int, end: int) -> bool:
    """Whether a usual header field stands between here and the next empty line."""
    stop = data.find(b"\n\n", at, min(end, at + _LOOK_AHEAD_BYTES))
    return _FIELD_AHEAD.search(data, at, stop if stop >= 0 else min(end, at + _LOOK_AHEAD_BYTES)) is not None


def _after_header(data: bytes, at: int, end: int) -> int:
    gap = data.find(b"\n\n", at - 1, end)
    return end if gap < 0 else gap + 2


def _field(line: bytes, hint: re.Match[bytes] | None, defects: set[str]) -> Field:
    name, _, value = line.partition(b":")
    if not line.isascii():
        defects.add("header_8bit")
    value = value.replace(b"\r", b" ").strip(b" \t")
    return name.rstrip(b" \t").decode("ascii").lower(), _value(value, hint[1].decode() if hint else None)


def _value(value: bytes, hint: str | None) -> str:
    """UTF-8 where it can be that; the charset that the message declares only for what must be in one."""
    if b"\x1b" in value and _SHIFTED.search(value):
        is_named = hint is not None and hint.lower().startswith("iso-2022")
        return decode_text(value, None, hint if is_named else "iso-2022-jp").text
    if not value.isascii():
        utf8 = decode_text(value, "utf-8")
        return utf8.text if utf8.defect is None else decode_text(value, None, hint).text
    return decode_text(value, None).text
