"""An address in base64 or hexadecimal digits, as senders put it into links to know who clicked."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import lru_cache

_SHORTEST = 8
"""Shorter encodings would be found by chance."""
_RUN = re.compile(r"[A-Za-z0-9+_-]*+=*+")
_MOST_BEFORE = 200


def encodings(addresses: Iterable[str]) -> tuple[str, ...]:
    """What an address becomes, as it is spelled and in either case: hexadecimal, and base64 at each of three places.

    Of base64 only what does not depend on the bytes around the address.
    """
    found: dict[str, None] = {}
    for address in addresses:
        found |= dict.fromkeys(_encodings(address))
    return tuple(found)


@lru_cache(1 << 10)
def _encodings(address: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for spelling in (address, address.lower(), address.upper()):
        content = spelling.encode("utf-8", "replace")
        found |= dict.fromkeys((content.hex(), content.hex().upper()))
        found |= {_base64_at(content, place): None for place in range(3)}
    return tuple(code for code in found if len(code) >= _SHORTEST)


def _base64_at(content: bytes, place: int) -> str:
    """The letters of base64 that come of `content` alone when `place` bytes stand before it."""
    letters = b64encode(b"\0" * place + content).decode()
    return letters[(8 * place + 5) // 6 : 8 * (place + len(content)) // 6]


def without_encodings(text: str, codes: Sequence[str], mask: str) -> str:
    """The text with each run of letters and digits that holds one of `codes` replaced."""
    for code in codes:
        if code in text:
            text = _without(text, code, mask)
    return text


def _without(text: str, code: str, mask: str) -> str:
    pieces, end = [], 0
    while (at := text.find(code, end)) >= 0:
        start = at
        while start > max(end, at - _MOST_BEFORE) and (text[start - 1].isalnum() or text[start - 1] in "+_-"):
            start -= 1
        pieces += [text[end:start], mask]
        end = _RUN.match(text, at).end()
    return "".join(pieces) + text[end:]
