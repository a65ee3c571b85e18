"""Real mail, where it is at hand, message by message: what each costs, and what becomes of it.

A program that prints figures: `python -m tests.integration.message_figures`; `test_corpora` holds mail to them.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from tests.integration.corpora import CORPORA, FEEDS
from transforms.feeds import BrokenPlace, read_container
from transforms.message import FeedContext, Item, parse_batch, warm_up


@dataclass
class Figures:
    """What became of a corpus, and what it cost."""

    found: int = 0
    seconds: float = 0.0
    slowest_seconds: float = 0.0
    parsers: Counter = field(default_factory=Counter)
    defects: Counter = field(default_factory=Counter)
    rejects: Counter = field(default_factory=Counter)
    sources: Counter = field(default_factory=Counter)

    def __str__(self) -> str:
        return (
            f"{self.found} messages, {self.found / self.seconds:.0f}/s, slowest {1000 * self.slowest_seconds:.1f} ms\n"
            f"  parsers {dict(self.parsers)}\n  rejects {dict(self.rejects)}\n  capture time {dict(self.sources)}\n"
            f"  defects {dict(self.defects.most_common())}"
        )


def measure(name: str) -> Figures:
    """Parse a corpus message by message: the cost of a batch is that of its messages, and each is seen alone."""
    keys = FEEDS[name]
    context = FeedContext(name, f"{name}-0", date(2005, 3, 1), tuple(keys["trusted_hosts"]), b"a key for tests")
    figures = Figures()
    path = CORPORA / f"{name}.tar.zst"
    for position, found in enumerate(read_container(path, path.name, keys["format"])):
        assert not isinstance(found, BrokenPlace)
        begin = time.process_time()
        tables = parse_batch([Item(position, 0, found)], context)
        seconds = time.process_time() - begin
        _count(figures, tables, seconds)
    return figures


def _count(figures: Figures, tables: dict, seconds: float) -> None:
    figures.found += 1
    figures.seconds += seconds
    figures.slowest_seconds = max(figures.slowest_seconds, seconds)
    assert tables["messages"].num_rows + tables["rejects"].num_rows == 1
    for row in tables["messages"].select(["parser", "defects", "captured_at_source"]).to_pylist():
        figures.parsers[row["parser"]] += 1
        figures.sources[row["captured_at_source"]] += 1
        figures.defects.update(row["defects"])
    figures.rejects.update(tables["rejects"]["reason"].to_pylist())


if __name__ == "__main__":
    warm_up()
    for corpus in FEEDS:
        print(corpus, measure(corpus))
