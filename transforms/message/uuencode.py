"""Files that lie as uuencoded lines in a text."""

from __future__ import annotations

import binascii
import re
from itertools import islice
from typing import NamedTuple

_BEGIN = re.compile(r"^begin(?:-base64)? [0-7]{3,4} (\S[^\n]{0,200})$", re.M)
_LINE = re.compile(r"[ -`]{2,90}")
_MOST_FILES = 200


class Enclosed(NamedTuple):
    """A file that was found in a text."""

    filename: str
    content: bytes


def take_files(text: str, defects: set[str]) -> tuple[str, list[Enclosed]]:
    """The text without its uuencoded files, and the files; a file that breaks off keeps what was decoded."""
    if "begin" not in text:
        return text, []
    files: list[Enclosed] = []
    pieces: list[str] = []
    end = 0
    for begin in islice(_BEGIN.finditer(text), _MOST_FILES):
        if begin.start() < end:
            continue
        content, stop = _decode(text, begin.end() + 1, "-base64" in begin[0], defects)
        if stop:
            files.append(Enclosed(begin[1].strip(), content))
            pieces.append(text[end : begin.start()])
            end = stop
    return "".join(pieces) + text[end:], files


def _decode(text: str, at: int, is_base64: bool, defects: set[str]) -> tuple[bytes, int]:
    """The decoded bytes and where the file ends in the text; 0 when the first line is no encoded one."""
    content, line_count = bytearray(), 0
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line = text[at:stop].rstrip("\r")
        if line in ("end", "===="):
            return bytes(content), min(stop + 1, len(text)) if line_count else 0
        if not _append(content, line, is_base64):
            break
        at, line_count = stop + 1, line_count + 1
    if not content:
        return b"", 0
    defects.add("uuencode_broken")
    return bytes(content), min(at, len(text))


def _append(content: bytearray, line: str, is_base64: bool) -> bool:
    if line in ("`", " ", "") and not is_base64:
        return True
    try:
        if is_base64:
            content += binascii.a2b_base64(line, strict_mode=True)
        elif _LINE.fullmatch(line):
            content += binascii.a2b_uu(line)
        else:
            return False
    except (binascii.Error, ValueError):
        return False
    return True
