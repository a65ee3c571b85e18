"""Text out of spam as text: nothing in it acts, nothing in it links, and it stays short.

Escaping is the template's; here goes what escaping leaves: characters that act on their neighbours, words that
programs make links of.
"""

from __future__ import annotations

import re
import unicodedata

MOST_MARKS = 2
"""Accents that one letter may bear; more are piled up to blot out the lines around."""
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols that show nothing."""
_DOT = re.compile(r"(?<=\S)[.．｡](?=\w)")
_AT = re.compile(r"(?<=\S)[@＠](?=\S)")


def plain(text: str, limit: int = 90) -> str:
    """The text without control, direction and invisible characters, in one line of at most `limit` characters."""
    kept: list[str] = []
    marks = 0
    for character in text[: 8 * limit]:
        kind = unicodedata.category(character)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if kind[0] == "Z" or character in "\t\n\r\v\f":
            kept.append(" ")
        elif kind[0] != "C" and character not in _BLANKS and marks <= MOST_MARKS:
            kept.append(character)
    line = " ".join("".join(kept).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def defanged(text: str, limit: int = 90) -> str:
    """The same, with what a program could make a link of broken: `example[.]com`, `http[:]//`, `me[@]example[.]com`."""
    line = plain(text, limit).replace("://", "[:]//")
    return _AT.sub("[@]", _DOT.sub(_dot, line))


def _dot(found: re.Match) -> str:
    before, after = found.string[found.start() - 1], found.string[found.end()]
    is_number = after.isdigit() and not before.isalpha()
    return found.group() if is_number else "[.]"
