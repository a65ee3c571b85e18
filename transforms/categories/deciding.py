"""From the terms of a message to its category, by summed weights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from transforms.categories import clues
from transforms.categories.seeds import UNKNOWN
from transforms.categories.terms import Index, index, link_terms, listed_terms, spoken_terms, stems

THRESHOLD = 3.0
"""Weights that a category needs; less is `unknown`."""

MARGIN = 0.5
"""What it needs more than the next one; less is `unknown`."""

HEAD_FACTOR = 2.0
"""How much more a term says in the subject or the sender's name."""

WEAK, WEAK_CAP = 1.0, 2.75
"""Terms of at most this weight count together at most so much: commonplaces of a long text outvote nothing."""

MOST_EVIDENCE = 8


class Category(NamedTuple):
    """A decision: `confidence` is 0 to 1; `evidence` are the weightiest terms and their weights here; `runner_up` is
    the next category, or the best of those that did not suffice.
    """

    code: str
    confidence: float
    evidence: tuple[tuple[str, float], ...]
    runner_up: str | None


def categorise(row: clues.Row) -> Category:
    """The category of a message, given as a row of `messages` with its `links` (rows of `urls`) and `files` (rows of
    `attachments`) or None; read are subject, from_name, from_address, body_text, host, url and source of a link,
    filename and content_type of a file. Work is bounded, whatever they hold.
    """
    known = index()
    weights = _weights(row, known)
    return _decide(_sums(weights, known), weights, known)


def _sums(weights: dict[int, float], known: Index) -> dict[str, float]:
    """Summed weights of each category, its weak terms up to their cap."""
    strong: dict[str, float] = {}
    weak: dict[str, float] = {}
    for number, weight in weights.items():
        term = known.terms[number]
        sums = strong if term.weight > WEAK else weak
        sums[term.category_code] = sums.get(term.category_code, 0.0) + weight
    return {code: strong.get(code, 0.0) + min(weak.get(code, 0.0), WEAK_CAP) for code in strong.keys() | weak.keys()}


def _weights(row: clues.Row, known: Index) -> dict[int, float]:
    """Weight of each term that was found; one that the head holds counts there."""
    found = {number: known.terms[number].weight for number in _found(row, known)}
    for number in spoken_terms(stems(clues.head(row)), known.spoken):
        found[number] = HEAD_FACTOR * known.terms[number].weight
    return found


def _found(row: clues.Row, known: Index) -> Iterator[int]:
    yield from spoken_terms(stems(clues.body(row)), known.spoken)
    yield from link_terms(clues.link_text(row), known.links)
    yield from listed_terms(clues.senders(row), known.senders)
    yield from listed_terms(clues.files(row), known.files)


def _decide(sums: dict[str, float], weights: dict[int, float], known: Index) -> Category:
    ranked = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    best, total = ranked[0] if ranked else (UNKNOWN, 0.0)
    second, behind = ranked[1] if len(ranked) > 1 else (None, 0.0)
    if total < THRESHOLD or total - behind < MARGIN:
        return Category(UNKNOWN, 0.0, (), best if ranked else None)
    confidence = total / (total + behind) * (1 - 0.5 ** (total / THRESHOLD))
    return Category(best, round(confidence, 3), _evidence(best, weights, known), second)


def _evidence(code: str, weights: dict[int, float], known: Index) -> tuple[tuple[str, float], ...]:
    spoken = [(known.terms[n].term, weight) for n, weight in weights.items() if known.terms[n].category_code == code]
    return tuple(sorted(spoken, key=lambda each: (-each[1], each[0]))[:MOST_EVIDENCE])
