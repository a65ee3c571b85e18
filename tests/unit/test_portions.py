"""Loads in portions: each message in one, in order."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from transforms.steps.portions import Load, portions

AT = datetime(2005, 3, 1)


@given(st.lists(st.integers(0, 50), max_size=12), st.integers(1, 20))
def test_every_load_is_covered_once_and_ends_once(counts, size):
    loads = [Load(f"load-{number}", count, AT) for number, count in enumerate(counts)]
    made = list(portions(loads, size))
    ended = [load for portion in made if portion.is_last for load in portion.loads]
    assert ended == loads
    for load in loads:
        spans = [(portion.first, portion.end) for portion in made if load in portion.loads]
        assert spans[0][0] == 0 and spans[-1][1] > load.message_count
        assert [end for _, end in spans[:-1]] == [first for first, _ in spans[1:]]
    assert all(len(portion.loads) == 1 or sum(load.message_count for load in portion.loads) <= size for portion in made)
