"""Where a ring's campaigns are drawn, and which are left out."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards import layout

NAMES = [f"c-{number:02}" for number in range(60)]


def test_what_holds_a_ring_together_is_drawn_before_what_is_merely_strong():
    dense = [(one, other, 9.0) for one, other in combinations(NAMES[:20], 2)]
    chain = [(one, other, 0.1) for one, other in pairwise(NAMES[19:40])]
    nodes, edges = layout.strongest(dense + chain, NAMES)
    assert nodes == NAMES[:40]
    assert len(edges) == layout.MOST_EDGES
    assert set(chain) <= set(edges)


@given(
    st.lists(st.tuples(st.sampled_from(NAMES[:12]), st.sampled_from(NAMES[:12]), st.floats(0.01, 5)), max_size=40),
    st.integers(0, 12),
)
def test_every_campaign_has_a_place_on_the_page(edges, count):
    nodes, drawn = layout.strongest([edge for edge in edges if edge[0] != edge[1]], NAMES[:count])
    places = layout.place(nodes, drawn)
    assert list(places) == NAMES[:count]
    assert all(-1.001 <= way <= 1.001 for place in places.values() for way in place)
    assert len(set(places.values())) == count
    assert places == layout.place(nodes, drawn)


@pytest.mark.parametrize("count", [2, 5, 40])
def test_the_linked_are_nearer_than_the_others(count):
    nodes = NAMES[: 2 * count]
    halves = nodes[:count], nodes[count:]
    edges = [(one, other, 1.0) for half in halves for one, other in combinations(half, 2)]
    places = layout.place(nodes[:40], [e for e in edges if e[0] in nodes[:40] and e[1] in nodes[:40]])
    linked = [apart(places, one, other) for one, other, _ in edges if one in places and other in places]
    strangers = [apart(places, one, other) for one in halves[0] for other in halves[1] if {one, other} <= places.keys()]
    assert not strangers or sum(linked) / len(linked) < sum(strangers) / len(strangers)


def apart(places, one, other):
    (x, y), (x2, y2) = places[one], places[other]
    return ((x - x2) ** 2 + (y - y2) ** 2) ** 0.5
