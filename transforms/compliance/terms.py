"""The lists of terms that came with the package, and how a text is searched for them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files

TERMS = tomllib.loads(files(__package__).joinpath("terms.toml").read_text("utf-8"))
TERMS_VERSION: str = TERMS["version"]


class Phrases:
    """Phrases that are looked for in texts in lower case; those beyond ASCII only where a text is.

    Given as one text, a phrase a line, or as a list.
    """

    def __init__(self, phrases: str | list[str]):
        lines = phrases.strip("\n").split("\n") if isinstance(phrases, str) else phrases
        self.all = tuple(dict.fromkeys(filter(None, lines)))
        self._ascii = tuple(filter(str.isascii, self.all))

    def of(self, low: str) -> tuple[str, ...]:
        """The phrases that a text may hold."""
        return self._ascii if low.isascii() else self.all

    def found(self, low: str) -> Iterator[str]:
        """Those that a text in lower case holds."""
        return filter(low.__contains__, self.of(low))

    def last(self, low: str) -> Iterator[tuple[int, int]]:
        """Where those that a text holds stand last: from and to."""
        for phrase in self.found(low):
            start = low.rfind(phrase)
            yield start, start + len(phrase)

    def __contains__(self, phrase: str) -> bool:
        return phrase in self.all


def words(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())
