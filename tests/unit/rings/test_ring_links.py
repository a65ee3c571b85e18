import pytest

from tests.unit.rings.ring_facts import campaign, first_seen, indicators, pairs_of, sizes
from transforms.rings.links import LINK_SCHEMA, find_links
from transforms.rings.rules import EVIDENCE_PER_KIND, KIND_WEIGHTS, THRESHOLD, degree_cap, rarity
from transforms.tables.campaign_indicators import INDICATOR_KINDS

PHONE = "+12065550142"


def linked(*rows, count=30, messages=20):
    return pairs_of(find_links(indicators(*rows), sizes(count, messages)))


def test_a_rare_phone_ties_two_campaigns_and_is_the_evidence():
    links = find_links(indicators((3, "phone", PHONE), (1, "phone", PHONE), (2, "phone", "+12065550143")), sizes(30))
    assert links.schema == LINK_SCHEMA
    assert links.to_pylist() == [
        {
            "campaign_id": campaign(1),
            "other_campaign_id": campaign(3),
            "kind": "phone",
            "value": PHONE,
            "weight": 1.0,
            "campaign_count": 2,
            "first_seen_at": first_seen(1),
            "last_seen_at": first_seen(3),
        }
    ]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("registrable_domain", "pills.example"),
        ("host", "192.0.2.7"),
        ("affiliate_id", "af1234"),
        ("drop_box", "box@hotmail.com"),
        ("wallet", "e-gold:1234567"),
        ("attachment", "0" * 64),
        ("sender_domain", "pills.example"),
        ("dkim_domain", "pills.example"),
    ],
)
def test_one_rare_strong_value_is_enough(kind, value):
    assert linked((1, kind, value), (2, kind, value)) == {(1, 2)}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("sender_domain", "hotmail.com"),
        ("registrable_domain", "w3.org"),
        ("origin_network", "203.0.113.0/24"),
        ("mailer", "diffondi 7.1 a1b2c3d4"),
    ],
)
def test_common_and_weak_values_tie_nobody(kind, value):
    assert linked((1, kind, value), (2, kind, value)) == set()


def test_weak_kinds_count_only_beside_a_stronger():
    network = [(n, "origin_network", "203.0.113.0/24") for n in range(12)]
    mailer = [(n, "mailer", "diffondi 7.1 a1b2c3d4") for n in range(12)]
    assert linked(*network[:2], *mailer[:2]) == set()
    sender = [(n, "sender_domain", "pills.example") for n in range(40)]
    assert linked(*sender, count=2000) == set()  # held by 40: too common alone
    assert linked(*sender, *network[:2], count=2000) == {(0, 1)}


def test_many_values_of_a_kind_are_worth_its_best():
    domains = [(n, "origin_network", f"203.0.{i}.0/24") for n in (1, 2) for i in range(50)]
    assert linked(*domains) == set()


def test_evidence_is_told_by_a_few_values_of_a_kind():
    rows = [(n, "registrable_domain", f"pills{i:02}.example") for n in (1, 2) for i in range(40)]
    links = find_links(indicators(*rows), sizes(30))
    assert links.num_rows == EVIDENCE_PER_KIND


def test_a_hub_joins_nobody_whatever_the_lists_say():
    hub = [(n, "registrable_domain", "hub.example") for n in range(50)]
    assert linked(*hub, count=50) == set()
    assert linked(*hub, count=5000) == set()


def test_stray_messages_do_not_hold_a_value():
    phone = (1, "phone", PHONE)
    assert linked(phone, (2, "phone", PHONE, 1)) == set()  # one message of twenty
    assert linked(phone, (2, "phone", PHONE, 2)) == {(1, 2)}
    assert linked(phone, (2, "phone", PHONE, 1), messages=3) == {(1, 2)}
    assert linked(phone, (2, "phone", PHONE, 2), messages=1000) == set()
    assert linked(phone, (2, "phone", PHONE, 3), messages=1000) == {(1, 2)}


def test_loads_of_one_campaign_are_added_up():
    assert linked((1, "phone", PHONE), (2, "phone", PHONE, 1), (2, "phone", PHONE, 1)) == {(1, 2)}


def test_a_value_of_many_campaigns_makes_no_table_of_pairs():
    rows = [(n, "registrable_domain", "ring.example") for n in range(40)]
    links = find_links(indicators(*rows), sizes(1000))
    assert pairs_of(links) == {(0, n) for n in range(1, 40)}  # with the eldest


def test_pairs_per_campaign_are_bounded():
    rows = [(n, "phone", f"+1206555{i:04d}") for i in range(60) for n in range(i, i + 8)]
    rows += [(n, "registrable_domain", f"d{n // 30}.example") for n in range(67)]
    found = linked(*rows, count=1000)
    assert 66 <= len(found) <= 5 * 67


def test_evidence_of_a_pair_is_summed_wherever_its_star_was():
    """Two campaigns share two values that many hold, each too weak alone, and neither is the eldest of both."""
    sender = [(n, "sender_domain", "pills.example") for n in range(40)]
    network = [(n, "origin_network", "203.0.113.0/24") for n in (*range(100, 105), 38, 39)]
    found = linked(*sender, *network, count=2000)
    assert found == {(38, 39)}


def stars(first, second, bridge):
    left = [(n, "registrable_domain", "left.example") for n in range(first)]
    right = [(n, "registrable_domain", "right.example") for n in range(first, first + second)]
    return [*left, *right, *bridge]


def test_one_value_of_one_campaign_does_not_make_one_ring_of_two():
    number = [(2, "phone", PHONE), (3, "phone", PHONE)]
    found = linked(*stars(3, 4, number))
    assert found == {(0, 1), (0, 2), (1, 2)} | {(a, b) for a in range(3, 7) for b in range(a + 1, 7)}
    also = [(n, "drop_box", "box@post.example") for n in (2, 3)]
    assert (2, 3) in linked(*stars(3, 4, number + also))
    network = [(n, "origin_network", "203.0.113.0/24") for n in (1, 4)]  # elsewhere, and not tied by it
    assert (2, 3) not in linked(*stars(3, 4, number + network))


def test_it_still_brings_a_pair_to_a_ring():
    assert (2, 3) in linked(*stars(3, 2, [(2, "phone", PHONE), (3, "phone", PHONE)]))


def test_a_value_that_two_of_each_side_hold_joins_them():
    assert {(1, 3), (2, 4)} <= linked(*stars(3, 4, [(n, "phone", PHONE) for n in (1, 2, 3, 4)]))


def test_a_stray_eldest_holder_does_not_part_the_others():
    ring = [(n, "registrable_domain", "ring.example") for n in range(20, 35)]
    others = [(n, "phone", "+12065550143") for n in range(3)]
    found = linked(*ring, *others, (0, "registrable_domain", "ring.example"), count=1000)
    assert {(20, n) for n in range(21, 35)} < found
    assert not {(a, b) for a, b in found if a < 20 <= b}


def test_nothing_in_nothing_out():
    assert find_links(indicators(), {}).num_rows == 0
    assert find_links(indicators(), {}).schema == LINK_SCHEMA


def test_campaign_numbers_beyond_the_square_root_of_an_integer():
    count = 50_000
    rows = [(n, "registrable_domain", f"d{n}.example") for n in range(count)]
    rows += [(count - 1, "phone", PHONE), (count - 2, "phone", PHONE), (7, "wallet", "w"), (count - 3, "wallet", "w")]
    assert linked(*rows, count=count) == {(count - 2, count - 1), (7, count - 3)}


def test_every_kind_has_a_weight_and_weak_ones_do_not_reach_the_threshold():
    assert set(KIND_WEIGHTS) == set(INDICATOR_KINDS)
    assert KIND_WEIGHTS["origin_network"] + KIND_WEIGHTS["mailer"] < THRESHOLD


def test_rarity_and_cap():
    assert rarity(2, 10) == rarity(2, 100_000) == 1
    assert rarity(3, 100) > rarity(12, 100) > rarity(40, 100)
    assert [degree_cap(n) for n in (1, 360, 100_000)] == [12, 18, 40]
