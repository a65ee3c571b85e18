"""Real mail, where it is at hand: Received fields that are there are read, and origins are nobody's of the trap."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.origin import inside_and_without, read_untroubled
from benchmarks.received_fields import FIELDS, count_fields

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"


def archive(name: str) -> Path:
    path = CORPORA / f"{name}.tar.zst"
    if not path.exists():
        pytest.skip(f"no real mail at hand: put {path.name} into ../shared/corpora beside the project")
    return path


@pytest.mark.parametrize("name", ["spamassassin", "untroubled-2015-03", "nazario-2005", "mime-suites"])
def test_fields_that_are_there_are_read(name):
    there, read, count = count_fields(archive(name))
    assert count > 1_000
    for field in FIELDS:
        assert read[field] >= 0.995 * there[field], field


def test_every_origin_lies_outside_of_the_trap():
    rows, own = read_untroubled(archive("untroubled-2015-03"))
    assert len(rows) > 7_000
    assert inside_and_without(rows, own) == (0, 0)
    assert sum(row["origin_confidence"] == "high" for row in rows) > 0.99 * len(rows)
