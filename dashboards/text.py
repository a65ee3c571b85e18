"""Text out of spam as text: what steers a reader's screen is taken out, links are broken, length is bounded.

Everything that a mart holds as text passes through here before a page or a download shows it.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape

LIMIT = 300
"""Characters of a value that are shown."""

_MARKS_IN_A_ROW = 2
_GONE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_SPACES = {"Zs", "Zl", "Zp"}
_SCHEME = re.compile(r"(?i)\b(h)tt(ps?)(?=://)")
_DOT = re.compile(r"(?<=[\w-])\.(?=[^\W\d_]{2})")
_NUMERIC = re.compile(r"(?<=\d)\.(?=\d{1,3}\.\d{1,3}\.\d)")
_ADDRESS = re.compile(r"(?<=[\w-])@(?=\w)")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(value: object, limit: int = LIMIT, keep_lines: bool = False) -> str:
    """A value as inert text of at most `limit` characters.

    Control, direction, invisible and private characters go, so do marks piled on one letter (Unicode UAX 9, 44); white
    space becomes one space, line ends stay when `keep_lines`. What is cut ends with an ellipsis. Never raises.
    """
    text = "" if value is None else str(value)
    kept = "".join(_kept(text[: limit * 8], keep_lines))
    lines = (" ".join(line.split()) for line in kept.split("\n"))
    joined = "\n".join(line for line in lines if line)
    is_cut = len(joined) > limit or len(text) > limit * 8
    return joined[: limit - 1].rstrip() + "…" if is_cut else joined


def _kept(text: str, keep_lines: bool):
    marks = 0
    for character in text:
        kind = unicodedata.category(character)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if character in "\n\r\t" or kind in _SPACES:
            yield "\n" if keep_lines and character == "\n" else " "
        elif kind not in _GONE and marks <= _MARKS_IN_A_ROW:
            yield character


def defanged(value: object, limit: int = LIMIT, keep_lines: bool = False) -> str:
    """Inert text in which no program finds a link or an address: `hxxp://a[.]example`, `x[@]a[.]example`."""
    text = _SCHEME.sub(r"\1xx\2", plain(value, limit, keep_lines))
    return _ADDRESS.sub("[@]", _NUMERIC.sub("[.]", _DOT.sub("[.]", text)))


def fanged(text: str) -> str:
    """What a reader copied out of a page, as the marts hold it: the reverse of `defanged`."""
    return re.sub(r"(?i)\bhxx(?=ps?://)", "htt", text.replace("[.]", ".").replace("[@]", "@"))


def html(value: object, limit: int = LIMIT) -> str:
    """Inert text for a place in HTML, kept apart from the direction of what stands beside it (`bdi`)."""
    return f"<bdi>{escape(plain(value, limit))}</bdi>"


def cell(value: object) -> object:
    """A value for a file that a spreadsheet opens: text that would be taken for a formula gets an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
