"""The lists of terms that came with the package, and how a text is searched for them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cached_property
from importlib.resources import files

from transforms.message.addresses import lower

TERMS = tomllib.loads(files(__package__).joinpath("terms.toml").read_text("utf-8"))
TERMS_VERSION: str = TERMS["version"]

_LONG_STEM, _SHORT_STEM = 6, 4
_WORD = re.compile(r"[^\W\d_]{3,}")
_ASCII_LETTERS = {code: chr(code) if chr(code).isalpha() else " " for code in range(128)}
_REACH = 48
"""Characters before and behind a stem that its phrases lie in."""
_MOST_PLACES, _SHORT_TEXT = 20, 300
_BLANKS = "\n\r\t\xa0\u3000"
_WITHOUT_BLANKS = re.compile(r"[\u1100-\uffff]")


class Prose:
    """A text as it is searched: in lower case, on one line, character by character as it was."""

    def __init__(self, text: str):
        low = lower(text)
        for blank in _BLANKS:
            low = low.replace(blank, " ")
        self.low = low

    def head(self, chars: int) -> Prose:
        """The beginning of the text: itself, where it is no longer."""
        return self if len(self.low) <= chars else Prose(self.low[:chars])

    @cached_property
    def _word_list(self) -> list[str]:
        return self.low.translate(_ASCII_LETTERS).split() if self.low.isascii() else _WORD.findall(self.low)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words, but perhaps for those of fewer than three letters."""
        return frozenset(self._word_list)

    @cached_property
    def stems(self) -> frozenset[str]:
        """What its words begin with: their first six letters and their first four."""
        long = {word[:_LONG_STEM] for word in self.words}
        return frozenset(long).union([stem[:_SHORT_STEM] for stem in long])

    @cached_property
    def letter_count(self) -> int:
        """Letters in its words."""
        return sum(map(len, self._word_list))

    @cached_property
    def has_eastern(self) -> bool:
        """Whether some of it is in a script that writes no blanks between words."""
        return not self.low.isascii() and bool(_WITHOUT_BLANKS.search(self.low))

    def near(self, stem: str) -> str:
        """What stands around each place of a stem; the whole text where they are many."""
        low, pieces, start = self.low, [], self.low.find(stem)
        if len(low) <= _SHORT_TEXT:
            return low
        while start >= 0:
            pieces.append(low[max(0, start - _REACH) : start + _REACH])
            if len(pieces) > _MOST_PLACES:
                return low
            start = low.find(stem, start + len(stem))
        return "\0".join(pieces)


class Phrases:
    """Phrases that are looked for in texts; a phrase is looked for only where a word begins as its longest word does.

    Given as one text, a phrase a line, or as a list.
    """

    def __init__(self, phrases: str | list[str]):
        lines = phrases.strip("\n").split("\n") if isinstance(phrases, str) else phrases
        self.all = tuple(dict.fromkeys(filter(None, lines)))
        self._by_stem: dict[str, list[str]] = {}
        for phrase in self.all:
            self._by_stem.setdefault(_stem(phrase), []).append(phrase)
        self._stems = frozenset(self._by_stem) - {"", "wide"}

    def found(self, text: Prose) -> Iterator[str]:
        """The phrases that a text holds."""
        low = text.low
        for stem in self._stems.intersection(text.stems):
            phrases = self._by_stem[stem]
            yield from filter((text.near(stem) if len(phrases) > 1 else low).__contains__, phrases)
        yield from filter(low.__contains__, self._by_stem.get("", ()))
        if text.has_eastern:
            yield from filter(low.__contains__, self._by_stem.get("wide", ()))

    def last(self, text: Prose) -> Iterator[tuple[int, int]]:
        """Where those that a text holds stand last: from and to."""
        for phrase in self.found(text):
            start = text.low.rfind(phrase)
            yield start, start + len(phrase)

    def within(self, window: str) -> bool:
        """Whether a short text in lower case holds any of them."""
        return any(map(window.__contains__, self.all))


def _stem(phrase: str) -> str:
    """How the longest word of a phrase begins; `wide` for a script without blanks, empty where no word is long."""
    if not phrase.isascii() and not any(map(_is_spaced, phrase)):
        return "wide"
    longest = max(_WORD.findall(phrase), key=len, default="")
    return longest[: _LONG_STEM if len(longest) >= _LONG_STEM else _SHORT_STEM] if len(longest) >= _SHORT_STEM else ""


def _is_spaced(letter: str) -> bool:
    """Whether a letter is of a script that writes blanks between words: those before Hangul."""
    return letter.isalpha() and ord(letter) < 0x1100


def words(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())
