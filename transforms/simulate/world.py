"""The simulated world: rings, their campaigns, and those that work alone; all of it follows from the seed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import cycle

from transforms.simulate.campaign import Campaign
from transforms.simulate.chance import Draw, stream
from transforms.simulate.indicators import network
from transforms.simulate.names import syllables
from transforms.simulate.phrases import CATEGORIES
from transforms.simulate.planning import plan_campaign
from transforms.simulate.rings import Ring, make_rings
from transforms.simulate.scenario import Scenario

ALONE_SHARE = 0.12
"""Campaigns that belong to no ring."""

_NETWORK_COUNT = 60


@dataclass(frozen=True)
class World:
    """Who sends spam. `networks` names the access provider of each /16 that bots sit in."""

    rings: tuple[Ring, ...]
    campaigns: tuple[Campaign, ...]
    networks: dict[str, str]


def make_world(scenario: Scenario) -> World:
    """The world of a scenario: the same for the same seed, period, feeds and counts."""
    draw = stream("world", scenario.seed).random
    networks = {network(draw, 2): f"{syllables(draw, 12)}.net" for _ in range(_NETWORK_COUNT)}
    rings = make_rings(scenario, draw)
    owners = _owners(rings, scenario, draw)
    loners = cycle(CATEGORIES)
    campaigns = []
    for number, ring in enumerate(owners):
        chance = stream("campaign", scenario.seed, number).random
        categories = ring.categories if ring else (next(loners),)
        campaigns.append(plan_campaign(number, ring, categories, scenario, list(networks), chance))
    return World(tuple(rings), tuple(_with_stopped_ring(campaigns, rings[0], scenario)), networks)


def _owners(rings: list[Ring], scenario: Scenario, draw: Draw) -> list[Ring | None]:
    """The owner of each campaign: every ring gets one, the rest go by the rings' sizes, in random order."""
    alone = max(1, round(scenario.campaign_count * ALONE_SHARE))
    stopped = min(rings[0].size, max(1, (scenario.campaign_count - alone) // 4))
    left = scenario.campaign_count - alone - stopped
    others = [ring for ring in rings[1:] for _ in range(ring.size)]
    owners = [*rings[1:], *_cycled(others, max(0, left - len(rings) + 1))]
    owners += [rings[0]] * stopped + [None] * alone
    owners = (owners + [None] * scenario.campaign_count)[: scenario.campaign_count]
    return [owners.pop(int(draw() * len(owners))) for _ in range(len(owners))]


def _cycled(rings: list[Ring], count: int) -> list[Ring]:
    return [rings[number * 5 % len(rings)] for number in range(count)] if rings else []


def _with_stopped_ring(campaigns: list[Campaign], ring: Ring, scenario: Scenario) -> list[Campaign]:
    """The stopped ring's campaigns, started one by one, all running on the day of the order and meant to go on."""
    members = [c for c in campaigns if c.ring_id == ring.ring_id]
    longest = (scenario.shutdown_on - scenario.first).days
    changed = {}
    for place, campaign in enumerate(members):
        early = timedelta(days=longest * (place + 1) // len(members) + 5)
        first, last = scenario.shutdown_on - early, scenario.last + timedelta(days=30)
        changed[campaign.campaign_id] = replace(campaign, first=first, last=last, volume=1 / (1 + place))
    return [changed.get(c.campaign_id, c) for c in campaigns]
