"""The cookbook's explanation of a ring, on links drawn by hand."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

EXPLANATION = Path(__file__).parents[2] / "docs" / "cookbook" / "ring_explanation.sql"

LINKS = [
    ("a", "b", "phone", "1", 1.0),
    ("b", "c", "host", "weak", 0.2),
    ("b", "c", "wallet", "strong", 0.9),
    ("c", "d", "phone", "2", 1.0),
    ("a", "e", "phone", "3", 1.0),
    ("d", "e", "phone", "4", 1.0),
    ("b", "e", "phone", "5", 1.0),
    ("y", "z", "drop_box", "x@y.example", 1.0),
]


@pytest.fixture
def explained() -> dict[str, tuple[list[str], list[str]]]:
    """Path and reasons by the campaign at the path's end; b is the eldest of the one ring, z of the other."""
    with duckdb.connect() as con:
        con.execute(
            "create table ring_links (campaign_id text, other_campaign_id text, kind text, value text, weight double)"
        )
        con.executemany("insert into ring_links values (?, ?, ?, ?, ?)", LINKS)
        con.execute("create table campaigns (campaign_id text, ring_id text, first_seen_at timestamp)")
        ages = {"a": 2, "b": 1, "c": 3, "d": 4, "e": 5, "y": 2, "z": 1, "alone": 1}
        for campaign, day in ages.items():
            ring = None if campaign == "alone" else "r-2" if campaign in "yz" else "r-1"
            con.execute(
                "insert into campaigns values (?, ?, make_timestamp(2005, 3, ?, 0, 0, 0))", [campaign, ring, day]
            )
        rows = con.execute(EXPLANATION.read_text()).fetchall()
    assert {(ring, path[-1]) for ring, path, _ in rows} >= {("r-1", "d"), ("r-2", "y")}
    return {path[-1]: (path, reasons) for _, path, reasons in rows}


def test_a_path_begins_with_the_eldest_and_is_the_shortest(explained):
    assert {end: path for end, (path, _) in explained.items()} == {
        "a": ["b", "a"],
        "c": ["b", "c"],
        "d": ["b", "c", "d"],
        "e": ["b", "e"],
        "y": ["z", "y"],
    }


def test_each_step_names_what_the_two_share_and_the_most_telling_of_it(explained):
    assert explained["c"][1] == ["wallet strong"]
    assert explained["d"][1] == ["wallet strong", "phone 2"]
    assert explained["y"][1] == ["drop_box x@y.example"]
