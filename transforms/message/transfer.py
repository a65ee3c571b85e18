"""Content-Transfer-Encoding undone: strictly for the fast parser, in any state of damage for the tolerant one."""

from __future__ import annotations

import binascii
import re
from itertools import islice

from transforms.message.parts import Irregular
from transforms.message.uuencode import take_files

IDENTITY = frozenset(("", "7bit", "8bit", "binary"))
_IDENTITY_MISSPELT = frozenset(("7bits", "8bits", "7-bit", "8-bit", "none", "plain", "text", "utf-8", "us-ascii"))
_UUENCODE = frozenset(("x-uuencode", "uuencode", "x-uue", "uue"))
_SPACE = b" \t\r\n"
_MOST_RUNS = 1_000
_BROKEN_ESCAPE = re.compile(rb"=(?![0-9A-Fa-f]{2}|\n|\Z)")
_SPACED_SOFT_BREAK = re.compile(rb"=[ \t\r]{1,200}(?=\n|\Z)")
_FOREIGN_LINE = re.compile(rb"^(?![ \t]*+[A-Za-z0-9+/]*+=*+[ \t\r]*+$)[^\n]*+", re.M)
_BEHIND_PADDING = re.compile(rb"=[ \t\r]*+\n[ \t\r\n]*+(?![A-Za-z0-9+/]*+=*+[ \t\r]*+(?:\n|\Z))(?=[^\n])")
_MOST_FOREIGN_LINES = 1_000
_BASE64_LINE = re.compile(rb"^[ \t]*+[A-Za-z0-9+/]{20,}+={0,2}[ \t\r]*+$", re.M)
_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_FOREIGN = bytes(set(range(256)) - set(_ALPHABET))
_PADDED = re.compile(rb"[A-Za-z0-9+/]++=*+|=++")


def decode_strictly(content: bytes, encoding: str) -> bytes:
    """Decode flawless content; raises `Irregular` for anything else. Quoted-printable is expected with LF."""
    if encoding in IDENTITY:
        return content
    if encoding == "quoted-printable":
        if _BROKEN_ESCAPE.search(content):
            raise Irregular("quoted-printable")
        return binascii.a2b_qp(content)
    if encoding == "base64":
        try:
            return binascii.a2b_base64(content.translate(None, _SPACE), strict_mode=True)
        except binascii.Error:
            raise Irregular("base64") from None
    raise Irregular("transfer encoding")


def decode_tolerantly(content: bytes, encoding: str, is_text: bool, defects: set[str]) -> bytes:
    """Decode as much as there is, and say what was wrong; an unknown encoding leaves the content as it is.

    Plain text after the base64 of a text part (list footers, scanner notes) is kept behind the decoded text.
    """
    try:
        return decode_strictly(content, encoding)
    except Irregular:
        pass
    if encoding == "quoted-printable":
        return _quoted_printable(content, defects)
    if encoding == "base64":
        defects.add("base64_broken")
        return _base64(content, is_text)
    if encoding in _UUENCODE:
        _, files = take_files(content.decode("latin-1"), defects)
        if files:
            return files[0].content
        defects.add("uuencode_broken")
        return content
    if encoding not in _IDENTITY_MISSPELT:
        defects.add("transfer_encoding_unknown")
    return content


def _quoted_printable(content: bytes, defects: set[str]) -> bytes:
    """An equals sign that escapes nothing stands for itself; blanks after a soft line break are none."""
    content = _SPACED_SOFT_BREAK.sub(b"=", content)
    content, broken_count = _BROKEN_ESCAPE.subn(b"=3D", content)
    if broken_count:
        defects.add("quoted_printable_broken")
    return binascii.a2b_qp(content)


def _base64(content: bytes, is_text: bool) -> bytes:
    """Letters outside the alphabet are skipped; padding ends one run of base64 and may be followed by another."""
    trailing = b""
    if is_text:
        end = _plain_from(content)
        content, trailing = content[:end], content[end:]
    letters = content.translate(None, _FOREIGN)
    if letters.find(b"=", 0, -2) < 0 or letters.count(b"=") > _MOST_RUNS:
        decoded = _run(letters.replace(b"=", b""))
    else:
        decoded = b"".join(map(_run, _PADDED.findall(letters)))
    gap = b"\n" if decoded and trailing and not decoded.endswith(b"\n") else b""
    return decoded + gap + trailing


def _plain_from(content: bytes) -> int:
    """Where plain text begins behind base64: at a line that is none, behind padding or the last line that is one."""
    if padded := _BEHIND_PADDING.search(content):
        return padded.end()
    last = 0
    for line in _BASE64_LINE.finditer(content):
        last = line.end()
    for line in islice(_FOREIGN_LINE.finditer(content, last), _MOST_FOREIGN_LINES):
        if _is_prose(line[0]):
            return line.start()
    return len(content)


def _is_prose(line: bytes) -> bool:
    """Words, links or rules; anything else is base64 with a stray byte in it."""
    line = line.strip()
    return (
        line.startswith(b"--")
        or b" " in line
        or b"://" in line
        or 4 * len(line.translate(None, _FOREIGN)) < 3 * len(line)
    )


def _run(letters: bytes) -> bytes:
    letters = letters.rstrip(b"=")
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
