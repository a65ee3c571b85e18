"""Broken mail: a few messages in a hundred are spoilt in one way that real senders spoil theirs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from transforms.simulate.chance import Draw, pick
from transforms.simulate.copies import Copy

DAMAGE_SHARE = 0.036
NUL_SHARE = 0.003
Damage = Callable[[bytes, bytes, Draw], tuple[bytes, bytes] | None]
"""Takes header and body (the empty line between them left out), returns them spoilt, or None where it does not fit."""


def _field(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"^" + name + rb":[^\n]*\n(?:[ \t][^\n]*\n)*", re.MULTILINE | re.IGNORECASE)


_DATE, _FROM, _TYPE, _ID = _field(b"Date"), _field(b"From"), _field(b"Content-Type"), _field(b"Message-ID")
_ENCODING = re.compile(rb"(Content-Transfer-Encoding: )[\w-]+", re.IGNORECASE)
_CHARSET = re.compile(rb'charset="?[\w-]+"?', re.IGNORECASE)
_WORD = re.compile(rb"=\?([\w-]+)\?([BQ])\?([^?]*)\?=", re.IGNORECASE)
_BOUNDARY = re.compile(rb'boundary="([^"]+)"')


def _swap(pattern: re.Pattern[bytes], text: bytes | Callable[[re.Match[bytes]], bytes]) -> Damage:
    """Damage that replaces the first match in the header."""

    def spoil(head: bytes, body: bytes, draw: Draw) -> tuple[bytes, bytes] | None:
        changed, count = pattern.subn(text if callable(text) else lambda _: text, head, count=1)
        return (changed, body) if count else None

    return spoil


def _base64_broken(head: bytes, body: bytes, draw: Draw) -> tuple[bytes, bytes] | None:
    if b"Encoding: base64" not in head or len(body) < 200:
        return None
    cut = 77 + int(draw() * 40)
    return head, pick(
        draw, (body[:cut] + b"*!%" + body[cut:], body + b"\nGet off this list: reply with NO\n", body[:-7] + b"\n")
    )


def _boundary_missing(head: bytes, body: bytes, draw: Draw) -> tuple[bytes, bytes] | None:
    found = _BOUNDARY.search(head)
    return (head, body.replace(found[1], b"x" + found[1][1:] + b"q")) if found else None


def _boundary_unclosed(head: bytes, body: bytes, draw: Draw) -> tuple[bytes, bytes] | None:
    found = _BOUNDARY.search(head)
    return (head, body.replace(b"--" + found[1] + b"--\n", b"")) if found else None


def _charset_lied(head: bytes, body: bytes, draw: Draw) -> tuple[bytes, bytes] | None:
    if b"base64" in head or b"multipart" in head:
        return None
    changed, count = _CHARSET.subn(b'charset="utf-8"', head, count=1)
    return (changed, body + b"\xab Sp\xe9cial \xbb \xa9 \xc0\n") if count else None


def _header_8bit(head: bytes, body: bytes, draw: Draw) -> tuple[bytes, bytes] | None:
    return _swap(re.compile(rb"^Subject: ", re.MULTILINE), b"Subject: \xa1\xd6\xd8\xa1\xd7 ")(head, body, draw)


def _header_duplicate(head: bytes, body: bytes, draw: Draw) -> tuple[bytes, bytes] | None:
    found = _FROM.search(head)
    return (head + found[0], body) if found else None


def _no_body_separator(head: bytes, body: bytes, draw: Draw) -> tuple[bytes, bytes] | None:
    """The body begins right below the fields: the empty line moves down to its first empty line."""
    first, gap, rest = body.partition(b"\n\n")
    words = first.partition(b"\n")[0]
    return (head + first + b"\n", rest) if gap and b" " in words and b":" not in words else None


def _quoted_printable_broken(head: bytes, body: bytes, draw: Draw) -> tuple[bytes, bytes] | None:
    if b"quoted-printable" not in head + body[:600]:
        return None
    cut = body.find(b" ", len(body) // 2)
    return (head, body[:cut] + b" =ZQ=9 width=100%=" + body[cut:]) if cut > 0 else None


def _uuencode_broken(head: bytes, body: bytes, draw: Draw) -> tuple[bytes, bytes] | None:
    if b"text/plain" not in head or b"base64" in head:
        return None
    return head, body + b"\nbegin 644 price.txt\n" + b"M1V5T('1H92!F=6QL('!R:6-E(&QI<W0@:&5R92X@\n" + b"M\x7f broken\n"


DAMAGES: dict[str, Damage] = {
    "base64_broken": _base64_broken,
    "boundary_missing": _boundary_missing,
    "boundary_unclosed": _boundary_unclosed,
    "charset_lied": _charset_lied,
    "charset_unknown": _swap(_CHARSET, b'charset="DEFAULT_CHARSET"'),
    "content_type_broken": _swap(_TYPE, b"Content-Type: text\n"),
    "date_invalid": _swap(_DATE, b"Date: %DATE_TIME, 2_0_:61\n"),
    "date_missing": _swap(_DATE, b""),
    "encoded_word_broken": _swap(_WORD, lambda m: b"=?" + m[1] + b"?" + m[2] + b"?" + m[3]),
    "from_invalid": _swap(_FROM, b'From: "Best Prices" <>\n'),
    "from_missing": _swap(_FROM, b""),
    "header_8bit": _header_8bit,
    "header_broken": _swap(_DATE, lambda m: b"this mail is sent by registered users only\n" + m[0]),
    "header_duplicate": _header_duplicate,
    "no_body_separator": _no_body_separator,
    "message_id_broken": _swap(_ID, b"Message-Id: <>\n"),
    "quoted_printable_broken": _quoted_printable_broken,
    "transfer_encoding_unknown": _swap(_ENCODING, lambda m: m[1] + b"8-bit-text"),
    "uuencode_broken": _uuencode_broken,
}
"""Kinds of damage, named as the parser names the defects that they cause."""


def damaged(copy: Copy, draw: Draw) -> Copy:
    """`copy`, or, now and then, a spoilt one that says so in `defects`."""
    chance = draw()
    if chance >= DAMAGE_SHARE + NUL_SHARE:
        return copy
    if chance < NUL_SHARE:
        place = copy.raw.find(b"\n\n") + 2 + int(draw() * 60)
        return replace(copy, raw=copy.raw[:place] + b"\0" + copy.raw[place:], defects=("nul_bytes",))
    head, _, body = copy.raw.partition(b"\n\n")
    for _ in range(6):
        kind = pick(draw, tuple(DAMAGES))
        if spoilt := DAMAGES[kind](head + b"\n", body, draw):
            claimed = None if kind.startswith("date_") else copy.claimed
            return replace(copy, raw=spoilt[0] + b"\n" + spoilt[1], defects=(kind,), claimed=claimed)
    return copy
