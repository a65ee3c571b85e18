"""Categories of real templates against labels that were given by reading them; on the half that no rule was written from.

The labels name messages by digest; the messages themselves lie in archives that are no part of the project.
"""

from __future__ import annotations

import csv
import hashlib
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from transforms.categories.deciding import categorise
from transforms.categories.seeds import RULES_VERSION, UNKNOWN
from transforms.feeds import RawMessage, read_container
from transforms.message import FeedContext, Item, parse_batch

LABELS = Path(__file__).parents[1] / "tests" / "data" / "categories" / "labels.csv"
NOT_SPAM = "not_spam"
FEWEST = 3
"""Held examples that a category needs to count in the mean."""

_FORMATS = {"nazario-2005": "mbox"}
_CONFUSIONS = 12


class Score(NamedTuple):
    """Precision and recall of one category, 0 to 1, and how many examples of it there are."""

    precision: float
    recall: float
    count: int

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def compare(corpora: Path, half: str = "held") -> None:
    """Print quality on a half of the labels, the commonest confusions, and the cost of a decision."""
    labels = {digest: label for digest, label in read_labels().items() if half_of(digest) == half}
    rows = find(corpora, labels)
    decided = {digest: categorise(row).code for digest, row in rows.items()}
    begun = time.perf_counter()
    for row in rows.values():
        categorise(row)
    each = 1e6 * (time.perf_counter() - begun) / max(1, len(rows))
    print(f"{len(rows)} of {len(labels)} templates of the half {half!r}, rules {RULES_VERSION}, {each:.0f} µs each")
    spam = [(labels[digest], code) for digest, code in decided.items() if labels[digest] != NOT_SPAM]
    _say_scores(spam)
    _say_confusions(spam)
    ham = Counter(code for digest, code in decided.items() if labels[digest] == NOT_SPAM)
    quiet = ham[UNKNOWN] + ham["other"]
    print(f"no spam: {quiet} of {ham.total()} are other or unknown; the rest {dict(ham - Counter(other=999, unknown=999))}")


def read_labels() -> dict[str, str]:
    """Label of each labelled message, by its SHA-256."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        return {row["message_sha256"]: row["category_code"] for row in csv.DictReader(file)}


def half_of(digest: str) -> str:
    """`dev` may be looked at to write rules, `held` is what figures are told on: by the first hex digit's parity."""
    return "held" if int(digest[0], 16) % 2 else "dev"


def find(corpora: Path, labels: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Facts of the labelled messages that the archives hold, by digest; each as `categorise` takes them."""
    archives = sorted({archive for digest, archive in _archives() if digest in labels})
    return {digest: row for name in archives for digest, row in _rows_of(corpora / f"{name}.tar.zst", name, labels)}


def _archives() -> Iterator[tuple[str, str]]:
    with LABELS.open(encoding="utf-8", newline="") as file:
        yield from ((row["message_sha256"], row["archive"]) for row in csv.DictReader(file))


def _rows_of(path: Path, name: str, wanted: dict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    if not path.exists():
        print(f"not at hand: {path.name}")
        return
    context = FeedContext(name, f"{name}-0", date(2005, 3, 1), (), b"a key for benchmarks")
    seen: set[str] = set()
    for position, found in enumerate(read_container(path, path.name, _FORMATS.get(name, "eml"))):
        if not isinstance(found, RawMessage):
            continue
        digest = hashlib.sha256(found.content).hexdigest()
        if digest in wanted and digest not in seen:
            seen.add(digest)
            tables = parse_batch([Item(position, 0, found)], context)
            (row,) = tables["messages"].to_pylist()
            yield digest, row | {"links": tables["urls"].to_pylist(), "files": tables["attachments"].to_pylist()}


def scores(pairs: list[tuple[str, str]]) -> dict[str, Score]:
    """Score of each category among (label, decision) pairs; a label that is unknown counts against what is decided."""
    labelled, decided = Counter(label for label, _ in pairs), Counter(code for _, code in pairs)
    right = Counter(label for label, code in pairs if label == code)
    return {
        code: Score(right[code] / max(1, decided[code]), right[code] / labelled[code], labelled[code])
        for code in sorted(labelled)
        if code != UNKNOWN
    }


def _say_scores(pairs: list[tuple[str, str]]) -> None:
    found = scores(pairs)
    for code, score in found.items():
        print(f"  {code:20} precision {score.precision:.2f} recall {score.recall:.2f} F1 {score.f1:.2f} of {score.count}")
    counted = [score.f1 for score in found.values() if score.count >= FEWEST]
    print(f"macro-F1 {sum(counted) / max(1, len(counted)):.3f} over {len(counted)} categories of {FEWEST} examples or more")
    print(f"right: {sum(label == code for label, code in pairs)} of {len(pairs)}")


def _say_confusions(pairs: list[tuple[str, str]]) -> None:
    wrong = Counter(pair for pair in pairs if pair[0] != pair[1])
    for (label, code), count in wrong.most_common(_CONFUSIONS):
        print(f"  {count:3} × {label} taken for {code}")
