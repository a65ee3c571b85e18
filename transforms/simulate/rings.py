"""Rings: who owns campaigns, what their campaigns share, and which one the court stops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from transforms.simulate.chance import Draw, pick_weighted
from transforms.simulate.habits import LANGUAGES_ABROAD
from transforms.simulate.indicators import Indicators, make_indicators, shared_kinds
from transforms.simulate.mailers import MAILERS
from transforms.simulate.phrases import CATEGORIES, banks
from transforms.simulate.scenario import Scenario

_LINKED = frozenset(("affiliate_id", "domain"))
STOPPED_RING_CATEGORIES = ("prescription_drugs", "pirated_software", "adult")


@dataclass(frozen=True)
class Ring:
    """One ring: `shares` names the kinds of indicators that all of its campaigns have in common."""

    ring_id: str
    categories: tuple[str, ...]
    language: str
    shares: tuple[str, ...]
    indicators: Indicators
    size: int
    shutdown_on: date | None


def make_rings(scenario: Scenario, draw: Draw) -> list[Ring]:
    """The rings of a scenario; the first is the one that the court stops, and the largest."""
    return [_make_ring(number, scenario, draw) for number in range(scenario.ring_count)]


def _make_ring(number: int, scenario: Scenario, draw: Draw) -> Ring:
    is_stopped = number == 0
    weights = {category: bank.weight for (language, category), bank in banks().items() if language == "en"}
    language = "en" if is_stopped or number % 4 else LANGUAGES_ABROAD[number // 4 % len(LANGUAGES_ABROAD)]
    spoken = [category for category in CATEGORIES if (language, category) in banks()]
    first = spoken[number * 7 % len(spoken)]
    categories = tuple(dict.fromkeys([first, *(pick_weighted(draw, weights) for _ in range(int(draw() * 3)))]))
    shares = _shown(shared_kinds(draw), categories)
    return Ring(
        ring_id=f"ring-{number + 1:03d}",
        categories=STOPPED_RING_CATEGORIES if is_stopped else categories,
        language=language,
        shares=tuple(dict.fromkeys(("affiliate_id", "domain", *shares))) if is_stopped else shares,
        indicators=make_indicators(draw, scenario.first, len(MAILERS)),
        size=12 if is_stopped else 1 + int(draw() * 12),
        shutdown_on=scenario.shutdown_on if is_stopped else None,
    )


def _shown(shares: tuple[str, ...], categories: tuple[str, ...]) -> tuple[str, ...]:
    """With a kind that every copy of all its campaigns shows: a ring that no mail gives away would be no truth."""
    has_links = all(bank.has_link for (_, category), bank in banks().items() if category in categories)
    is_linked = has_links and not _LINKED.isdisjoint(shares)
    return shares if is_linked else tuple(dict.fromkeys((*shares, "sender_domain")))
