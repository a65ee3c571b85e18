"""Contributions add up to the difference that they are parts of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.monthly.differences import Contribution, Coverage, by_days_and_rate, largest, with_rest

counts = st.integers(0, 10**9)
lists = st.lists(st.tuples(counts, counts), max_size=40)


@given(lists, counts, counts, st.integers(0, 12))
def test_whatever_is_shown_adds_up(pairs, more_before, more_now, most):
    parts = [Contribution(f"c-{n}", *pair) for n, pair in enumerate(pairs)]
    before, now = (sum(pair[n] for pair in pairs) + more for n, more in enumerate((more_before, more_now)))
    shown = with_rest(largest(parts, most, "others"), before, now, "rest")
    assert sum(part.before for part in shown) == before
    assert sum(part.now for part in shown) == now
    assert sum(part.difference for part in shown) == now - before
    assert len(shown) <= most + 2
    named = [part for part in shown if part.name not in ("others", "rest")]
    assert sum(part.part_count for part in shown if part.name != "rest") == len(parts)
    assert [abs(part.difference) for part in named] == sorted((abs(part.difference) for part in parts), reverse=True)[
        :most
    ]


@given(counts, st.integers(0, 31), counts, st.integers(0, 31))
def test_days_and_rate_add_up(count_before, days_before, count_now, days_now):
    before, now = Coverage(count_before, days_before), Coverage(count_now, days_now)
    assert sum(by_days_and_rate(before, now)) == count_now - count_before


@pytest.mark.parametrize(
    ("before", "now", "parts"),
    [
        ((280, 28), (310, 31), (30, 0)),
        ((310, 31), (620, 31), (0, 310)),
        ((0, 0), (70, 7), (70, 0)),
        ((70, 7), (0, 0), (-70, 0)),
        ((100, 10), (600, 30), (300, 200)),
    ],
)
def test_what_is_by_days_and_what_by_rate(before, now, parts):
    assert by_days_and_rate(Coverage(*before), Coverage(*now)) == parts


@pytest.mark.parametrize(
    ("before", "now", "kind"),
    [(0, 3, "came"), (3, 0, "went"), (1, 2, "grew"), (2, 1, "fell"), (2, 2, "same"), (0, 0, "same")],
)
def test_what_a_part_did(before, now, kind):
    assert Contribution("c", before, now).kind == kind
