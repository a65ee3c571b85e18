"""When messages come: how many a feed takes in an hour, of which campaigns, and on which day they reach a file.

Everything about a day follows from the scenario's seed and that day, so any day can be made on its own.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from math import cos, pi

from transforms.simulate.campaign import Campaign
from transforms.simulate.chance import Draw, around, stream
from transforms.simulate.clock import midnight
from transforms.simulate.scenario import Scenario, SimulatedFeed
from transforms.simulate.world import World

WEEKDAY_FACTORS = (1.06, 1.1, 1.08, 1.05, 1.02, 0.86, 0.83)
STOPPED_SHARE = 0.27
"""Part of all campaign volume that the stopped ring has while it runs."""

RESIDUE = (0.03, 0.01)
"""What is left of a stopped ring's volume on the day of the order and the day after: machines that nobody reached."""


@dataclass(frozen=True)
class Batch:
    """Messages captured on one day that reach a file together.

    `route` is "prompt" (their own day's file), "late" (`lag` days after) or "again" (their own day's file, and once
    more `lag` days after); `is_redelivery` marks the second coming of an "again" batch.
    """

    captured_on: date
    route: str
    lag: int
    is_redelivery: bool = False


@dataclass(frozen=True)
class Hour:
    """One hour of a feed: expected messages and running totals of the campaigns' weights, in their order."""

    start: int
    mean: float
    totals: list[float]


class Schedule:
    """The timetable of a scenario."""

    def __init__(self, scenario: Scenario, world: World) -> None:
        self.scenario = scenario
        self.world = world
        self._stops = {ring.ring_id for ring in world.rings if ring.shutdown_on}
        self.hours = lru_cache(maxsize=80)(self._hours)

    def arrivals(self, feed: SimulatedFeed, day: date) -> Iterator[Batch]:
        """What is filed on `day`: stragglers and repetitions of earlier days, then the day's own messages."""
        first = feed.first or self.scenario.first
        for lag in range(feed.late_days, 0, -1):
            if day - timedelta(days=lag) >= first:
                yield Batch(day - timedelta(days=lag), "late", lag)
        for lag in repeat_lags(feed):
            if day - timedelta(days=lag) >= first:
                yield Batch(day - timedelta(days=lag), "again", lag, is_redelivery=True)
        for lag in repeat_lags(feed):
            yield Batch(day, "again", lag)
        yield Batch(day, "prompt", 0)

    def moments(self, feed: SimulatedFeed, batch: Batch, draw: Draw) -> Iterator[tuple[int, Campaign | None]]:
        """Capture time (epoch seconds) and campaign (None: background) of each message of a batch, in order of time."""
        share = self._share(feed, batch)
        campaigns, background = self.world.campaigns, self.scenario.background_share
        for hour in self.hours(feed, batch.captured_on):
            offsets = sorted([int(draw() * 3600) for _ in range(around(draw, hour.mean * share))])
            top = hour.totals[-1]
            for offset in offsets:
                is_campaign = top > 0 and draw() >= background
                yield hour.start + offset, campaigns[bisect(hour.totals, draw() * top)] if is_campaign else None

    def _share(self, feed: SimulatedFeed, batch: Batch) -> float:
        if batch.route == "late":
            return feed.late_share / feed.late_days
        if batch.route == "again":
            return feed.duplicate_share / len(repeat_lags(feed))
        return 1.0 - feed.late_share - feed.duplicate_share

    def _hours(self, feed: SimulatedFeed, day: date) -> list[Hour]:
        draw = stream("day", self.scenario.seed, feed.name, day).random
        start = midnight(day)
        mean = self.scenario.daily_count_of(feed) * WEEKDAY_FACTORS[day.weekday()] * (0.9 + 0.2 * draw()) / 24
        weights = [w * c.trap_interest[feed.name] for w, c in zip(self.weights(day), self.world.campaigns, strict=True)]
        hours = []
        for hour in range(24):
            rhythm = [1 + 0.8 * cos((hour - c.peak_hour) * pi / 12) for c in self.world.campaigns]
            totals = list(accumulate(w * r for w, r in zip(weights, rhythm, strict=True)))
            hours.append(Hour(start + hour * 3600, mean * (1 + 0.25 * cos((hour - 15) * pi / 12)), totals))
        return hours

    def weights(self, day: date) -> list[float]:
        """How active each campaign is on `day`: zero outside its life, after a shutdown, and on its idle days.

        The stopped ring has a fixed part of the whole while it runs; when it falls silent, the others make up for it.
        """
        draw = stream("weather", self.scenario.seed, day).random
        weights = [_weight(campaign, day, draw(), draw()) for campaign in self.world.campaigns]
        stopped = [c.ring_id in self._stops for c in self.world.campaigns]
        ours = sum(w for w, is_stopped in zip(weights, stopped, strict=True) if is_stopped)
        others = sum(weights) - ours
        factor = STOPPED_SHARE / (1 - STOPPED_SHARE) * (others or 1.0) / (ours or 1.0) * self._residue(day)
        return [w * factor if is_stopped else w for w, is_stopped in zip(weights, stopped, strict=True)]

    def _residue(self, day: date) -> float:
        since = (day - self.scenario.shutdown_on).days
        if since < 0:
            return 1.0
        return RESIDUE[since] if since < len(RESIDUE) else 0.0


def _weight(campaign: Campaign, day: date, idle: float, strength: float) -> float:
    if idle < 0.18 or not campaign.first <= day <= campaign.last:
        return 0.0
    ramp = min(1.0, 0.3 + 0.25 * (day - campaign.first).days)
    return campaign.volume * ramp * (0.3 + 1.4 * strength)


def repeat_lags(feed: SimulatedFeed) -> tuple[int, ...]:
    """After how many days a repeated message comes again: always in a later file than the first time."""
    return (31,) if feed.cadence == "month" else (1, 2, 3)
