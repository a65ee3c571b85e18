"""A batch of facts becomes a table with one decision a template."""

from __future__ import annotations

import pyarrow as pa

from tests.unit.categories.letters import letter
from transforms.categories.reading import DECISIONS, read_batch


def test_each_template_is_decided_once_by_its_first_message():
    rows = [
        {"template": 7} | letter("casino roulette", links=("a.example/x",)),
        {"template": 7} | letter("mortgage", links=("a.example/x",)),
        {"template": -9} | letter("nothing at all", links=("a.example/x",)),
    ]
    found = read_batch(pa.Table.from_pylist(rows))
    assert found.schema == DECISIONS
    gambling, unknown = found.to_pylist()
    assert (gambling["template"], gambling["category_code"]) == (7, "gambling")
    assert gambling["evidence"].split("; ")[0].split(" ")[0] in ("casino", "roulette")
    assert unknown == {
        "template": -9,
        "category_code": "unknown",
        "confidence": 0.0,
        "evidence": None,
        "runner_up": None,
    }


def test_nothing_becomes_an_empty_table():
    rows = [{"template": 1} | letter("x", links=("a.example",), files=(("a", "b"),))]
    assert read_batch(pa.Table.from_pylist(rows).slice(1)).schema == DECISIONS
