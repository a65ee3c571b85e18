"""Real mail, where it is at hand: every message becomes a row or a typed reject.

As a program it prints the figures: `python -m tests.integration.test_message_corpora`.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from transforms.feeds import BrokenPlace, read_container
from transforms.message import FeedContext, Item, parse_batch, warm_up

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
TRUSTED = {
    "spamassassin": ("jmason.org", "spamassassin.taint.org", "netnoteinc.com", "localhost"),
    "untroubled-2015-03": ("bruce-guenter.dyndns.org", "futurequest.net", "localhost", "127.0.0.1"),
    "nazario-2005": (),
    "mime-suites": (),
}
FORMATS = {"nazario-2005": "mbox"}


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


@lru_cache
def measure(name: str) -> Figures:
    """Parse a corpus message by message: the cost of a batch is that of its messages, and each is seen alone."""
    context = FeedContext(name, f"{name}-0", date(2005, 3, 1), TRUSTED[name], b"a key for tests")
    figures = Figures()
    path = CORPORA / f"{name}.tar.zst"
    for position, found in enumerate(read_container(path, path.name, FORMATS.get(name, "eml"))):
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


def figures_of(name: str) -> Figures:
    if not (CORPORA / f"{name}.tar.zst").exists():
        pytest.skip(f"no real mail at hand: put {name}.tar.zst into ../shared/corpora beside the project")
    return measure(name)


@pytest.mark.parametrize("name", ["spamassassin", "untroubled-2015-03", "nazario-2005"])
def test_no_real_mail_is_rejected(name):
    figures = figures_of(name)
    assert figures.rejects == ({"not_a_message": 3} if name == "spamassassin" else {})  # licence, notice, script
    assert figures.parsers["fast"] > 0.85 * figures.found


def test_torture_cases_fail_only_when_they_are_no_mail():
    figures = figures_of("mime-suites")
    assert set(figures.rejects) <= {"not_a_message", "empty_message"}
    assert figures.parsers["fast"] + figures.parsers["tolerant"] > 1_050


def test_trap_clock_is_found_in_real_mail():
    figures = figures_of("untroubled-2015-03")
    assert figures.sources["received"] > 0.99 * figures.found


if __name__ == "__main__":
    warm_up()
    for corpus in TRUSTED:
        print(corpus, measure(corpus))
