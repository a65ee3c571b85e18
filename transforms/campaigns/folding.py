"""Rendered text to the words that a reader takes it for: disguises folded, what differs from copy to copy left out.

Letters that stand for one another in disguises (`v1@gra`, `VIAGRA` in Cyrillic letters) fall into one class each, in
honest words as well: what a word is then called does not matter, only that all its spellings are called the same.
"""

from __future__ import annotations

import re
import unicodedata

WORDS = 2_000
"""Words beyond this number are not looked at: a longer text is known by its beginning."""
_CHARS = 16 * WORDS
_CACHED_WORDS = 1 << 18
_CACHED_CHARS = 32
_SPACED = 3

_INVISIBLE = dict.fromkeys([0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F)])
_INVISIBLE |= dict.fromkeys([*range(0x2060, 0x2070), *range(0xFE00, 0xFE10)])
_ACCENTS = dict.fromkeys(range(0x300, 0x370))
_TWINS = dict(zip("авекмнорстухіјѕԁһԛԝьαβεικνορτυχω", "abekmhopctyxijsdhqwbabeiknoptuxw", strict=True))
_TO_LATIN = {ord(twin): letter for twin, letter in _TWINS.items()}
_CLASSES = str.maketrans("l1!|0@4357$9+v", "iiiioaaesisgtu", ".-_*'~^`´’·")
_EDGES = ".,;:!?\"'()<>{}*-_~^`´’·“”„«»…"
_ADDRESS = re.compile(r"\S+@\S+\.\S+")
_WORD = re.compile(r"[a-z]+|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]|[^\W\d_]+")

_known: dict[str, tuple[str, ...]] = {}


def words(text: str) -> list[str]:
    """The folded words of a rendered text, in order; a sign of a script without spaces is a word. At most WORDS."""
    text = text[:_CHARS].lower()
    if not text.isascii():
        text = _plain(text)
    if len(_known) > _CACHED_WORDS:
        _known.clear()
    found: list[str] = []
    for token in text.split():
        folded = _known.get(token)
        if folded is None:
            folded = _folded(token)
            if len(token) <= _CACHED_CHARS:
                _known[token] = folded
        found += folded
    return _closed_up(found)[:WORDS]


def _folded(token: str) -> tuple[str, ...]:
    """The words of what stands between two spaces: none for a link, an address, a mask or a number."""
    is_masked = token[0] == "[" and "]" in token
    if "://" in token or "www." in token or is_masked or _ADDRESS.fullmatch(token) or _is_number(token):
        return ()
    return tuple(_WORD.findall(token.strip(_EDGES).translate(_CLASSES)))


def _is_number(token: str) -> bool:
    """A number, a price, a date, a serial such as `RX-48213`: more digits than letters; `v1agr4` is none."""
    digits = sum(map(str.isdigit, token))
    return digits > sum(map(str.isalpha, token))


def _closed_up(found: list[str]) -> list[str]:
    """With letters that stand apart, `v i a g r a`, as the word that they make."""
    if sum(word.isascii() for word in found if len(word) == 1) < _SPACED:
        return found
    single = [len(word) == 1 and word.isascii() for word in found]
    closed: list[str] = []
    run: list[str] = []
    for word, is_single in zip([*found, ""], [*single, False], strict=True):
        if is_single:
            run.append(word)
            continue
        closed += ["".join(run)] if len(run) >= _SPACED else run
        closed.append(word)
        run = []
    return closed[:-1]


def _plain(text: str) -> str:
    """Without invisible signs and accents; in a Latin text, with Latin letters for those that only look like them."""
    text = unicodedata.normalize("NFKD", text.translate(_INVISIBLE)).translate(_ACCENTS)
    is_latin = len(text.encode("ascii", "ignore")) * 2 > len(text)
    return unicodedata.normalize("NFC", text.translate(_TO_LATIN) if is_latin else text)
