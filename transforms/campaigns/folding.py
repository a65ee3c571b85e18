"""Rendered text to the words that a reader takes it for: disguises folded, what differs from copy to copy left out.

Letters that stand for one another in disguises (`v1@gra`, `VIAGRA` in Cyrillic letters) fall into one class each, in
honest words as well: what a word is then called does not matter, only that all its spellings are called the same.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORDS = 2_000
"""Words beyond this number are not looked at: a longer text is known by its beginning."""
CHARS = 16 * WORDS
_CACHED_WORDS = 1 << 18
_CACHED_CHARS = 32
_SPACED = 3
"""So many single letters in a row are a word."""

_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f]+")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_TWINS = dict(zip("авекмнорстухіјѕԁһԛԝьαβεικνορτυχω", "abekmhopctyxijsdhqwbabeiknoptuxw", strict=True))
_TWIN = re.compile(f"[{''.join(_TWINS)}]")
_CLASSES = str.maketrans("l1!|0@4357$9+v", "iiiioaaesisgtu", ".-_*'~^`´’·")
_EDGES = ".,;:!?\"'()<>{}*-_~^`´’·“”„«»…"
_SPACES = re.compile(r"[ \t\n\v\f\r]+")
_ADDRESS = re.compile(r"\S+@\S+\.\S+")
_WORD = re.compile(r"[a-z]+|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]|[^\W\d_]+")


def words(text: str) -> list[str]:
    """The folded words of a rendered text, in order; a sign of a script without spaces is a word. At most WORDS."""
    tokens = _SPACES.split(plain(text[:CHARS]))
    return closed_up([word for token in tokens for word in fold(token)])[:WORDS]


def fold(token: str) -> tuple[str, ...]:
    """The words of a token of a `plain` text: of what stands between two spaces."""
    return _folded(token) if len(token) > _CACHED_CHARS else _folded_before(token)


def plain(text: str) -> str:
    """In lower case, without invisible signs and accents; in a Latin text, Latin letters for what looks like them."""
    text = text.lower()
    if text.isascii():
        return text
    text = _ACCENTS.sub("", unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)))
    is_latin = len(text.encode("ascii", "ignore")) * 2 > len(text)
    return unicodedata.normalize("NFC", _TWIN.sub(lambda twin: _TWINS[twin[0]], text) if is_latin else text)


def _folded(token: str) -> tuple[str, ...]:
    """None for a link, an address, a mask or a number."""
    is_masked = token.startswith("[") and "]" in token
    if "://" in token or "www." in token or is_masked or _ADDRESS.fullmatch(token) or _is_number(token):
        return ()
    return tuple(_WORD.findall(token.strip(_EDGES).translate(_CLASSES)))


_folded_before = lru_cache(_CACHED_WORDS)(_folded)


def _is_number(token: str) -> bool:
    """A number, a price, a date, a serial such as `RX-48213`: more digits than letters; `v1agr4` is none."""
    digits = sum(map(str.isdigit, token))
    return digits > sum(map(str.isalpha, token))


def closed_up(found: list[str]) -> list[str]:
    """With letters that stand apart, `v i a g r a`, as the word that they make."""
    if sum(word.isascii() for word in found if len(word) == 1) < _SPACED:
        return found
    single = [is_single(word) for word in found]
    closed: list[str] = []
    run: list[str] = []
    for word, is_part in zip([*found, ""], [*single, False], strict=True):
        if is_part:
            run.append(word)
            continue
        closed += ["".join(run)] if len(run) >= _SPACED else run
        closed.append(word)
        run = []
    return closed[:-1]


def is_single(word: str) -> bool:
    """Whether a word may be a letter of one that is written with spaces."""
    return len(word) == 1 and word.isascii()
