"""Real messages that were labelled by reading them: labels by digest, and the messages out of the archives they lie in.

The archives are no part of the project, and the labels hold no text of theirs.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from transforms.feeds import RawMessage, read_container
from transforms.message import FeedContext, Item, parse_batch

LABELS = Path(__file__).parents[1] / "tests" / "data" / "categories" / "labels.csv"
_FORMATS = {"nazario-2005": "mbox"}

Row = dict[str, Any]


class Label(NamedTuple):
    """What a message was labelled, and the archive that holds it. `not_spam` is what no spammer sent."""

    category_code: str
    archive: str


def labels(half: str) -> dict[str, Label]:
    """Labels of a half, `dev` or `held`, by the SHA-256 of the message."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        rows = [(row["message_sha256"], Label(row["category_code"], row["archive"])) for row in csv.DictReader(file)]
    return {digest: label for digest, label in rows if half_of(digest) == half}


def half_of(digest: str) -> str:
    """`dev` may be looked at to write rules, `held` is what figures are told on: by the first hex digit's parity."""
    return "held" if int(digest[0], 16) % 2 else "dev"


def find(corpora: Path, wanted: dict[str, Label]) -> dict[str, Row]:
    """Facts of the labelled messages that are at hand, by digest: rows of `messages` with their links and files."""
    names = sorted({label.archive for label in wanted.values()})
    return {digest: row for name in names for digest, row in _found(corpora / f"{name}.tar.zst", name, wanted)}


def _found(path: Path, name: str, wanted: dict[str, Label]) -> Iterator[tuple[str, Row]]:
    if not path.exists():
        return
    context = FeedContext(name, f"{name}-0", date(2005, 3, 1), (), b"a key for benchmarks")
    left = set(wanted)
    for position, found in enumerate(read_container(path, path.name, _FORMATS.get(name, "eml"))):
        if not isinstance(found, RawMessage):
            continue
        digest = hashlib.sha256(found.content).hexdigest()
        if digest in left:
            left.discard(digest)
            tables = parse_batch([Item(position, 0, found)], context)
            (row,) = tables["messages"].to_pylist()
            yield digest, row | {"links": tables["urls"].to_pylist(), "files": tables["attachments"].to_pylist()}
