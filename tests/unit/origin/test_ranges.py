"""Ranges made disjoint and laid over one another, against the same done address by address."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transforms.origin.ranges import Range, flattened, joined, overlaid

SPAN = 40


@st.composite
def ranges(draw, most: int = 6):
    found = []
    for number in range(draw(st.integers(0, most))):
        first = draw(st.integers(0, SPAN - 10))
        asn = draw(st.one_of(st.none(), st.integers(1, 3)))
        country = draw(st.sampled_from((None, "DE", "FR")))
        found.append(Range(first, first + draw(st.integers(0, 9)), asn, asn and f"AS {number}", country))
    return found


def by_address(found: list[Range]) -> dict[int, Range]:
    """What is known of each address; fails for ranges that overlap or are out of order."""
    told = {}
    last = -1
    for each in found:
        assert last < each.first <= each.last
        last = each.last
        told |= dict.fromkeys(range(each.first, each.last + 1), each[2:])
    return told


@given(ranges())
def test_inner_ranges_take_their_place(found):
    order = sorted(found, key=lambda each: (each.first, -each.last))
    expected = {}
    for each in order:
        expected |= dict.fromkeys(range(each.first, each.last + 1), each[2:])
    assert by_address(flattened(found)) == expected


@given(ranges(), ranges())
def test_the_lower_table_fills_what_the_upper_does_not_know(upper, lower):
    up, low = flattened(upper), flattened(lower)
    told_up, told_low = by_address(up), by_address(low)
    told = by_address(overlaid(up, low))
    assert told.keys() == told_up.keys() | told_low.keys()
    for address, (asn, _, country, _) in told.items():
        above, below = told_up.get(address, (None,) * 4), told_low.get(address, (None,) * 4)
        assert asn == (above[0] if above[0] is not None else below[0])
        assert country == (above[2] if above[2] is not None else below[2])


def test_neighbours_that_say_the_same_are_one():
    assert joined([Range(1, 2, 7), Range(3, 4, 7), Range(6, 7, 7), Range(8, 9, 8)]) == [
        Range(1, 4, 7),
        Range(6, 7, 7),
        Range(8, 9, 8),
    ]
