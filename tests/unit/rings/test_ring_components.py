import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.rings.ring_facts import campaign, first_seen, indicators, sizes
from transforms.rings.components import find_rings
from transforms.rings.links import LINK_SCHEMA, find_links
from transforms.tables.campaign_indicators import INDICATOR_KINDS

FIRST_SEEN = {campaign(number): first_seen(number) for number in range(100)}


def links_of(*pairs):
    rows = [
        {
            "campaign_id": campaign(one),
            "other_campaign_id": campaign(other),
            "kind": "phone",
            "value": "+12065550142",
            "weight": 0.75,
            "campaign_count": 2,
            "first_seen_at": first_seen(one),
            "last_seen_at": first_seen(other),
        }
        for one, other in pairs
    ]
    return pa.Table.from_pylist(rows, schema=LINK_SCHEMA)


def rings(*pairs, known=None):
    """Ring id of each campaign number."""
    old = {campaign(number): ring for number, ring in (known or {}).items()}
    return {int(r["campaign_id"][2:], 16): r["ring_id"] for r in find_rings(links_of(*pairs), FIRST_SEEN, old)}


def test_linked_campaigns_are_one_ring():
    found = rings((1, 2), (2, 3), (5, 6))
    assert found[1] == found[2] == found[3] != found[5] == found[6]
    assert set(found) == {1, 2, 3, 5, 6}


def test_a_member_weighs_what_its_links_do():
    rows = find_rings(links_of((1, 2), (2, 3)), FIRST_SEEN, {})
    assert {int(row["campaign_id"][2:], 16): row["weight"] for row in rows} == {1: 0.75, 2: 1.5, 3: 0.75}


def test_a_ring_is_named_after_its_eldest_campaign_at_birth():
    assert rings((1, 2))[1] == rings((1, 3))[1] != rings((2, 3))[2]
    assert rings((1, 2))[1].startswith("r-")


def test_a_ring_keeps_its_id_when_an_elder_campaign_joins():
    before = rings((5, 6))
    after = rings((1, 5), (5, 6), known=before)
    assert set(after.values()) == set(before.values())


def test_of_two_rings_that_become_one_the_elders_id_lives_on():
    before = rings((5, 6), (2, 9))
    after = rings((5, 6), (2, 9), (6, 9), known=before)
    assert set(after.values()) == {before[2]}
    before = rings((5, 6), (2, 9))
    after = rings((1, 5), (5, 6), (2, 9), (6, 9), known=before)  # the newcomer decides nothing
    assert set(after.values()) == {before[2]}


def test_a_ring_that_falls_apart_leaves_its_id_to_its_eldest():
    before = rings((1, 2), (2, 3), (3, 4))
    after = rings((1, 2), (3, 4), known=before)
    assert after[1] == after[2] == before[1]
    assert after[3] == after[4] != before[1]


def test_an_id_stays_when_the_eldest_is_no_longer_linked():
    before = rings((1, 2), (2, 3))
    assert set(rings((2, 3), known=before).values()) == {before[1]}


def test_an_id_that_lives_on_elsewhere_is_not_given_again():
    before = rings((1, 2), (2, 3))
    between = rings((2, 3), known=before)
    after = rings((2, 3), (1, 7), known=between)
    assert after[2] == before[1]
    assert after[1] == after[7] != before[1]


def test_no_links_no_rings():
    assert find_rings(links_of(), {}, {}) == []


pair = st.tuples(st.integers(0, 20), st.integers(0, 20)).filter(lambda p: p[0] < p[1])
known = st.dictionaries(st.integers(0, 20), st.sampled_from(["r-a", "r-b", "r-c"]))


@given(st.sets(pair), known)
def test_each_component_has_one_id_of_its_own(pairs, known):
    found = rings(*pairs, known=known)
    assert all(found[one] == found[other] for one, other in pairs)
    groups = {frozenset(n for n in found if found[n] == ring) for ring in found.values()}
    again = rings(*pairs, known=found)
    assert again == found  # a second grouping changes nothing
    for group in groups:  # each is connected
        reached = {min(group)}
        while more := {n for p in pairs if reached & set(p) for n in p} - reached:
            reached |= more
        assert reached == group


row = st.tuples(st.integers(0, 25), st.sampled_from(INDICATOR_KINDS), st.sampled_from("abcdefgh"), st.integers(1, 6))


@settings(max_examples=60, deadline=None)
@given(st.lists(row, max_size=120), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, random):
    rows = [(n, kind, f"{value}.example", count) for n, kind, value, count in rows]
    links = find_links(indicators(*rows), sizes(26, 10))
    shuffled = random.sample(rows, len(rows))
    again = find_links(indicators(*shuffled), sizes(26, 10))
    assert links.equals(again)
    order = random.sample(range(links.num_rows), links.num_rows)
    assert find_rings(links.take(pa.array(order, pa.int64())), FIRST_SEEN, {}) == find_rings(again, FIRST_SEEN, {})
