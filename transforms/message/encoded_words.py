"""RFC 2047 encoded words, also the ones that break its rules."""

from __future__ import annotations

import binascii
import re
from functools import lru_cache

from transforms.message.charsets import decode_text
from transforms.message.limits import FIELD_CHARS

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*+(?:\?(?!=)[^?]*+)*+)\?=")
_LEFT_OVER = re.compile(r"=\?[^?\s]{1,60}\?[bBqQ]\?")
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]+")
_NOT_QUOTED = re.compile(r"=(?![0-9A-Fa-f]{2})")
_BROKEN = "encoded_word_broken"
_CACHED_CHARS = 500
"""Campaigns repeat their subjects; longer values are not worth the memory."""


def decode_words(text: str, defects: set[str]) -> str:
    """Decode the encoded words of a field's value; what cannot be decoded stays as it is.

    White space between adjacent words goes; bytes of adjacent words in one charset are joined before they are
    decoded, because senders cut words inside a character. Adds what was wrong to `defects`.
    """
    text = text[:FIELD_CHARS]
    if "=?" not in text:
        return text
    decoded, is_broken = _decode_cached(text) if len(text) <= _CACHED_CHARS else _decode(text)
    if is_broken:
        defects.add(_BROKEN)
    return decoded


def _decode(text: str) -> tuple[str, bool]:
    """The decoded text, and whether a word in it was broken."""
    pieces: list[str] = []
    defects: set[str] = set()
    pending, charset, end = b"", "", 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        word_charset = match[1].partition("*")[0].lower()
        is_adjacent = end > 0 and not between.strip()
        if not is_adjacent or word_charset != charset:
            pieces.append(_decoded(pending, charset, defects))
            pieces.append("" if is_adjacent else between)
            pending, charset = b"", word_charset
        pending += _word_bytes(match[2], match[3], defects)
        end = match.end()
    pieces += [_decoded(pending, charset, defects), text[end:]]
    if _LEFT_OVER.search(text, end):
        defects.add(_BROKEN)
    return "".join(pieces), bool(defects)


_decode_cached = lru_cache(1 << 12)(_decode)


def _decoded(content: bytes, charset: str, defects: set[str]) -> str:
    if not content:
        return ""
    text, defect = decode_text(content, charset)
    if defect:
        defects.add(_BROKEN)
    return text


def _word_bytes(encoding: str, content: str, defects: set[str]) -> bytes:
    if encoding in "bB":
        return _base64(content, defects)
    if " " in content or _NOT_QUOTED.search(content):
        defects.add(_BROKEN)
        content = _NOT_QUOTED.sub("=3D", content)
    return binascii.a2b_qp(content.replace("_", "=20").encode("utf-8", "replace"))


def _base64(content: str, defects: set[str]) -> bytes:
    try:
        return binascii.a2b_base64(content, strict_mode=True)
    except (binascii.Error, ValueError):
        defects.add(_BROKEN)
    letters = _NOT_BASE64.sub("", content)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + "=" * (-len(letters) % 4))
