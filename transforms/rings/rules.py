"""The numbers that decide which campaigns are tied; whoever changes one counts `RULES_VERSION` up."""

from __future__ import annotations

from math import log

from transforms.rings.lists import LISTS_VERSION

RULES_VERSION = f"1.{LISTS_VERSION}"
"""Version of these rules and, behind the dot, of the lists."""

KIND_WEIGHTS = {
    "phone": 1.0,
    "drop_box": 1.0,
    "wallet": 1.0,
    "registrable_domain": 1.0,
    "host": 0.9,  # an address: machines are let again
    "attachment": 0.9,  # anybody can enclose what he was sent
    "affiliate_id": 0.8,  # short: two shops can number alike
    "dkim_domain": 0.8,
    "sender_domain": 0.7,  # forged, as often as not
    "origin_network": 0.35,  # 256 neighbours
    "mailer": 0.1,  # sold to everybody
}
"""How much the rarest value of a kind says that two campaigns are one ring's, 0 to 1."""

THRESHOLD = 0.5
"""Weights that two campaigns must share, summed over kinds. Network and mailer together never reach it."""

SHARE_FLOOR = 0.02
COUNT_FLOOR = 3
"""A campaign holds a value when this share of its messages does, or as many messages as this ..."""

SMALL_CAMPAIGN = 4
"""... and two of them at least, unless the campaign has fewer messages than this: what is drawn anew for every message
must not count."""

DEGREE_FLOOR, DEGREE_SHARE, DEGREE_CEILING = 12, 0.05, 40
"""Campaigns that may hold a value before it says nothing, whatever the lists say: a share of all campaigns, within
bounds."""

RARITY_POPULATION = 2000
"""Campaigns that a lake is taken to have at least: a value that half of twenty campaigns hold is
rare all the same."""

PAIR_CAP = 8
"""Holders of one value among whom all pairs are weighed (28); above, each with the eldest only."""

ESTABLISHED = 3
"""Campaigns that make a group which is not joined to another such by one value of one campaign ..."""

CORROBORATION = 0.15
"""... unless they share a second one of this weight: a network does, a mailer does not."""

MOST_JOINTS = 1000
"""Such values that are looked at in one ring: a chain of thousands would cost its square."""

VALUES_PER_KIND = 64
"""Rarest shared values of a kind that are looked at per campaign: the rest could only repeat what they say."""

EXTRA_PAIRS = 4
"""Strongest pairs per campaign that are kept beside those that hold the ring together."""

EVIDENCE_PER_KIND = 5
"""Most telling values of a kind that are written per pair."""


def degree_cap(campaign_count: int) -> int:
    """The most campaigns that may share a value which still links them."""
    return int(min(DEGREE_CEILING, max(DEGREE_FLOOR, DEGREE_SHARE * campaign_count)))


def rarity(degree: int, campaign_count: int) -> float:
    """1 for a value that two campaigns hold, less with every doubling, 0 for one that all do."""
    population = max(campaign_count, RARITY_POPULATION)
    return log(population / degree) / log(population / 2)


def weight(kind: str, degree: int, campaign_count: int) -> float:
    """What a value of `kind` that `degree` of `campaign_count` campaigns hold says about two of them."""
    return KIND_WEIGHTS[kind] * rarity(degree, campaign_count)
