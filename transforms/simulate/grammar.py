"""The small language of the phrase banks.

`{one|another {nested|kind}}` is a choice, `<word>` a slot. A sentence expands to parts: fixed text, tuples of which
every copy takes one member (spun text), `Word`s that a trick may disguise, and numbers of `Value`s that only the copy
itself knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum

from transforms.simulate.chance import Draw, pick


class Value(IntEnum):
    """What differs from copy to copy: places in the list of values that a copy is rendered with."""

    LINK = 0
    OPTOUT_LINK = 1
    IMAGE_LINK = 2
    RECIPIENT = 3
    RECIPIENT_LOCAL = 4
    FIRST_NAME = 5
    SERIAL = 6
    SALAD = 7
    SALAD_LINE = 8
    DAY = 9
    CONTENT_ID = 10
    LINK_HOST = 11


class Word(str):
    """A telling word ("Viagra") that filters know and obfuscation therefore disguises."""


Part = str | tuple[str, ...] | Value
Lookup = Callable[[str], str]
"""The text that a slot stands for; it may hold choices and slots of its own."""

PER_COPY = {value.name.lower(): value for value in Value}
_RUN_CHOICES = 6
_RUN_WORDINGS = 24
_TOKEN = re.compile(r"\{|<[a-z_]+>")


def split_choices(source: str, start: int) -> tuple[list[str], int]:
    """The options of the choice whose `{` is at `start`, and the place behind its `}`."""
    options, depth, begin = [], 0, start + 1
    for place in range(start, len(source)):
        sign = source[place]
        depth += (sign == "{") - (sign == "}")
        if depth == 0 or (sign == "|" and depth == 1):
            options.append(source[begin:place])
            begin = place + 1
        if depth == 0:
            return options, begin
    raise ValueError(f"unbalanced choice in {source!r}")


def expand(
    source: str, draw: Draw, lookup: Lookup, spin: float = 0.0, words: frozenset[str] = frozenset()
) -> list[Part]:
    """`source` as parts. Each choice is made here and now, or left to the copies with the chance `spin`.

    `words` names the slots whose text becomes a `Word`.
    """
    parts: list[Part] = []
    place = 0
    while token := _TOKEN.search(source, place):
        parts.append(source[place : token.start()])
        if token.group() == "{":
            options, place = split_choices(source, token.start())
            spun = _spun(options, draw, lookup) if draw() < spin else ()
            parts += [spun] if spun else expand(pick(draw, options), draw, lookup, spin, words)
            continue
        name, place = token.group()[1:-1], token.end()
        if name in PER_COPY:
            parts.append(PER_COPY[name])
        elif name in words:
            parts.append(Word(flat(lookup(name), draw, lookup)))
        else:
            parts += expand(lookup(name), draw, lookup, spin, words)
    parts.append(source[place:])
    return _closed_up([part for part in parts if part != ""])


def _closed_up(parts: list[Part]) -> list[Part]:
    """`parts` without the second of two spaces, where nothing was chosen between them."""
    result: list[Part] = []
    for part in parts:
        follows_space = bool(result) and type(result[-1]) is str and result[-1].endswith(" ")
        result.append(part[1:] if follows_space and type(part) is str and part.startswith(" ") else part)
    return result


def flat(source: str, draw: Draw, lookup: Lookup) -> str:
    """`source` with every choice made; slots of single copies are refused."""
    parts = expand(source, draw, lookup)
    if any(isinstance(part, Value) for part in parts):
        raise ValueError(f"a value of single copies stands in {source!r}")
    return "".join(parts)


def _spun(options: list[str], draw: Draw, lookup: Lookup) -> tuple[str, ...]:
    if any(f"<{name}>" in option for option in options for name in PER_COPY):
        return ()
    return tuple(flat(option, draw, lookup) for option in options)


def condensed(parts: list[Part], draw: Draw) -> list[Part]:
    """`parts` with runs of choices replaced by ready-made wordings, one of which a copy takes: fewer draws a copy."""
    result: list[Part] = []
    run: list[Part] = []
    for part in [*parts, None]:
        is_full = sum(type(p) is tuple for p in run) == _RUN_CHOICES
        if part is None or isinstance(part, Value) or is_full:
            result += _wordings(run, draw)
            run = []
        if isinstance(part, Value):
            result.append(part)
        elif part is not None:
            run.append(part)
    return result


def _wordings(run: list[Part], draw: Draw) -> list[Part]:
    if sum(type(part) is tuple for part in run) < 2:
        return run
    text = Text(run)
    return [tuple(text.render(draw) for _ in range(_RUN_WORDINGS))]


class Text:
    """Parts compiled into one format and its slots: what a copy is rendered from."""

    __slots__ = ("_format", "_slots")

    def __init__(self, parts: Iterable[Part]) -> None:
        parts = list(parts)
        self._format = "".join(p.replace("%", "%%") if isinstance(p, str) else "%s" for p in parts)
        self._slots = [p for p in parts if not isinstance(p, str)]

    def __bool__(self) -> bool:
        return bool(self._format)

    def render(self, draw: Draw, values: Sequence[str] = ()) -> str:
        """One copy: a member of each tuple, and the copy's own `values` (by `Value`)."""
        return self._format % tuple(
            [slot[int(draw() * len(slot))] if type(slot) is tuple else values[slot] for slot in self._slots]
        )
