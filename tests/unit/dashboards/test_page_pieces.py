"""What pages compute before they show it."""

from __future__ import annotations

import pyarrow as pa
import pytest

from dashboards.filters import Choice
from dashboards.palette import GREY, SERIES, colours, leading
from dashboards.queries import campaigns, feeds, origins, overview, rings, status
from dashboards.query import Query
from dashboards.series import with_other
from dashboards.views.overview import compared
from dashboards.views.ring import paired, spread
from tests.tiny_publication import schemas


def test_what_has_no_colour_is_summed_and_nothing_is_lost():
    rows = [
        {"month": month, "kind": f"k{n}", "message_count": 10 - n, "is_final": True}
        for month in ("2005-05", "2005-06")
        for n in range(9)
    ]
    table = with_other(pa.Table.from_pylist(rows), "kind")
    assert sum(table.column("message_count").to_pylist()) == sum(row["message_count"] for row in rows)
    assert set(table.column("kind").to_pylist()) == {f"k{n}" for n in range(6)} | {"Other"}


def test_colours_are_distinct_and_the_rest_is_grey():
    names = [f"n{n}" for n in range(7)] + ["Other"]
    assert list(colours(names).values()) == [*SERIES, GREY, GREY]
    assert colours(["Other", "a"]) == {"Other": GREY, "a": SERIES[0]}
    assert leading({"b": 2, "a": 2, "c": 3}, 2) == ["c", "a"]


@pytest.mark.parametrize(
    ("rows", "figure", "words"),
    [
        ([("2005-05", "a", 100), ("2005-06", "a", 150)], 150, "+50 % on the month before"),
        ([("2005-05", "a", 100), ("2005-06", "a", 90), ("2005-06", "b", 900)], 990, "a: -10 % on the month before"),
        ([("2005-06", "a", 90)], 90, "no month before to compare with"),
        ([("2005-05", "b", 90), ("2005-06", "a", 5)], 5, "no month before to compare with"),
        ([], 0, "no month before to compare with"),
    ],
)
def test_months_are_compared_by_the_feeds_of_both(rows, figure, words):
    names = ("month", "feed", "message_count")
    cells = [dict(zip(names, row, strict=True)) for row in rows]
    for is_final in (True, False):
        expected = words if is_final or "before to" in words else f"{words} so far"
        assert compared([cell | {"is_final": is_final} for cell in cells], "2005-06") == (figure, expected)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2004-11", "2005-02", ["2004-11", "2004-12", "2005-01", "2005-02"]),
        ("2005-06", "2005-06", ["2005-06"]),
    ],
)
def test_a_choice_knows_all_its_months(first, last, months):
    assert Choice(first, last).months == months


def test_links_of_a_pair_are_summed_whatever_their_order():
    links = [
        {"campaign_id": "b", "other_campaign_id": "a", "kind": "phone", "weight": 1.0},
        {"campaign_id": "a", "other_campaign_id": "b", "kind": "mailer", "weight": 0.5},
    ]
    assert paired(links) == {("a", "b"): (1.5, "telephone number, mailing program")}


def test_a_sheet_is_spread_by_verdict():
    sheet = {f"{name}_count": 0 for name in ("strong_indicator", "pass", "not_applicable", "not_determinable")}
    rows = [{"rule_id": "A1", "title": None, "indicator_count": 3} | sheet | {"pass_count": 2}]
    assert spread(rows).to_pylist() == [
        {"rule": "A1", "verdict": "indicator", "message_count": 3},
        {"rule": "A1", "verdict": "pass", "message_count": 2},
    ]


@pytest.mark.parametrize("module", [campaigns, feeds, origins, overview, rings, status], ids=lambda m: m.__name__)
def test_queries_name_the_marts_that_they_read(module):
    queries = [value for value in vars(module).values() if isinstance(value, Query)]
    queries += [module.found(order) for order in getattr(module, "ORDERS", ())]
    assert queries
    for query in queries:
        read = {name for name in schemas() if f" {name} " in f" {query.sql.replace(')', ' ').replace(chr(10), ' ')} "}
        assert read == set(query.tables), query.sql
