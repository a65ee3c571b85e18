"""Terms found in one pass over the words of a text, or over the letters of its links; never one search a term."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from transforms.campaigns.folding import words
from transforms.categories.seeds import Term, terms

SPOKEN = ("word", "phrase")
_STEM = 6
_CACHED = 1 << 17
_START = 3
"""Letters that a term in a link has at least, and is looked up by."""


@dataclass(slots=True)
class Node:
    """Terms that end with the words so far, and what may follow them."""

    found: list[int] = field(default_factory=list)
    following: dict[str, Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Index:
    """All terms, ordered by what they are looked for in; numbers are places in `terms`."""

    terms: tuple[Term, ...]
    spoken: dict[str, Node]
    links: dict[str, list[tuple[str, int]]]
    senders: dict[str, list[int]]
    files: dict[str, list[int]]


class _Stems(dict[str, str]):
    """Stems by word, each made once."""

    def __missing__(self, word: str) -> str:
        if len(self) > _CACHED:
            self.clear()
        self[word] = stem = _stem(word)
        return stem


_stems = _Stems()


def stems(text: str) -> list[str]:
    """Folded words of a text, Latin ones without a plural s, others cut to six letters."""
    return [*map(_stems.__getitem__, words(text))]


def _stem(word: str) -> str:
    if word[-1] == "s":
        return word[:-1] if len(word) > 3 and word[-2] != "s" else word
    return word if word.isascii() else word[:_STEM]


def spoken_terms(found: list[str], root: dict[str, Node]) -> set[int]:
    """Numbers of the terms that stand in a text given as stems."""
    hits: set[int] = set()
    end = len(found)
    for place in [place for place, word in enumerate(found) if word in root]:
        node = root.get(found[place])
        while node is not None:
            hits.update(node.found)
            place += 1
            if not node.following or place >= end:
                break
            node = node.following.get(found[place])
    return hits


def link_terms(text: str, known: dict[str, list[tuple[str, int]]]) -> set[int]:
    """Numbers of the terms that stand anywhere in hosts and paths, given as one text."""
    hits: set[int] = set()
    for place in range(len(text) - _START + 1):
        if (candidates := known.get(text[place : place + _START])) is not None:
            hits.update(number for term, number in candidates if text.startswith(term, place))
    return hits


def listed_terms(values: Iterable[str], known: dict[str, list[int]]) -> set[int]:
    """Numbers of the terms that are one of the values."""
    return {number for value in values for number in known.get(value, ())}


@cache
def index() -> Index:
    """The terms of the seed, ready to be looked for."""
    made = Index(terms(), {}, {}, {}, {})
    listed = {"sender": made.senders, "attachment": made.files}
    for number, term in enumerate(made.terms):
        if term.kind in SPOKEN:
            _plant(made.spoken, stems(term.term), number)
        elif term.kind == "link":
            made.links.setdefault(term.term[:_START], []).append((term.term, number))
        else:
            listed[term.kind].setdefault(term.term, []).append(number)
    return made


def _plant(root: dict[str, Node], spelled: list[str], number: int) -> None:
    following = root
    for word in spelled:
        node = following.setdefault(word, Node())
        following = node.following
    node.found.append(number)
