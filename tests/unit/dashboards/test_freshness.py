"""What is said of a night before its figures are read."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from dashboards.freshness import age, notices

AT = datetime(2005, 6, 30, 4)


def said(now=AT + timedelta(hours=1), newest=date(2005, 6, 29), open_months=(), held=()):
    return [(each.kind, each.text) for each in notices(AT, now, newest, list(open_months), list(held))]


def test_a_fresh_and_whole_night_needs_no_word():
    assert said() == []


@pytest.mark.parametrize(("hours", "is_stale"), [(36, False), (36.1, True), (1000, True)])
def test_a_missed_night_is_said(hours, is_stale):
    assert bool(said(now=AT + timedelta(hours=hours))) == is_stale


@pytest.mark.parametrize(
    ("circumstance", "kind", "words"),
    [
        ({"newest": date(2005, 6, 20)}, "stale", "2005-06-20, 10 days before"),
        ({"newest": None}, "empty", "not zero spam"),
        ({"open_months": ["2005-05", "2005-06"]}, "partial", "2005-05, 2005-06"),
        (
            {"held": [("trap-a", "2005-06-05", 1)]},
            "held",
            "1 load is held by a gate and not counted: trap-a 2005-06-05",
        ),
        ({"held": [(f"t{n}", "2005-06-05", 2) for n in range(6)]}, "held", "12 loads are held"),
        ({"held": [(f"t{n}", "2005-06-05", 2) for n in range(6)]}, "held", "and 2 more"),
    ],
)
def test_what_is_not_final_is_named(circumstance, kind, words):
    ((found, text),) = said(**circumstance)
    assert found == kind
    assert words in text


def test_the_gravest_comes_first():
    kinds = [kind for kind, _ in said(AT + timedelta(days=9), date(2001, 1, 1), ["2005-06"], [("a", "b", 1)])]
    assert kinds == ["held", "stale", "stale", "partial"]


@pytest.mark.parametrize(
    ("span", "words"),
    [(timedelta(minutes=50), "50 minutes"), (timedelta(hours=40), "40 hours"), (timedelta(days=4000), "4,000 days")],
)
def test_ages_are_in_the_unit_that_tells_them(span, words):
    assert age(span) == words
