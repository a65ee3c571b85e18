"""What is to be simulated: the period, the volume, the feeds, and the day a court shuts a ring down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

FORMATS = ("mbox", "maildir", "eml", "tar")
COMPRESSIONS = ("", "gz", "xz", "zst", "bz2")
CADENCES = ("day", "month")
MAIL_SERVERS = ("postfix", "sendmail", "exim", "qmail")
FORGERIES = (
    "time_backwards",
    "chain_broken",
    "impossible_address",
    "private_address",
    "helo_is_trap",
    "copied_trap_hop",
    "provider_wrong_network",
    "future_time",
    "garbage_line",
    "missing",
)
"""Kinds of forged hops (`transforms.simulate.forgeries`) that spam is full of."""
RARE_FORGERIES = ("helo_is_address", "reverse_name_is_trap")
"""Kinds that aim at the parser and at the trap's trust."""


@dataclass(frozen=True)
class SimulatedFeed:
    """One trap: how its files are cut and packed, and what its mail servers write.

    `trap_hosts[0]` is the host that faces the network; any further ones pass the mail on inside, in order.
    `share` is the feed's part of the scenario's daily messages. `late_share` of its captured messages reach a file
    1 to `late_days` days after their own day, `duplicate_share` are delivered again, byte for byte, in a later file.
    """

    name: str
    trap_hosts: tuple[str, ...]
    share: float = 1.0
    cadence: str = "day"
    format: str = "mbox"
    compression: str = "gz"
    mail_server: str = "postfix"
    late_share: float = 0.01
    late_days: int = 5
    duplicate_share: float = 0.005
    address_count: int = 400
    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        _require(re.fullmatch(r"[a-z0-9][a-z0-9_-]*", self.name), f"feed name {self.name!r}")
        _require(self.trap_hosts, f"feed {self.name}: trap_hosts is empty")
        _require(self.cadence in CADENCES, f"feed {self.name}: cadence {self.cadence!r}")
        _require(self.format in FORMATS, f"feed {self.name}: format {self.format!r}")
        _require(self.compression in COMPRESSIONS, f"feed {self.name}: compression {self.compression!r}")
        _require(self.mail_server in MAIL_SERVERS, f"feed {self.name}: mail_server {self.mail_server!r}")
        _require(
            self.format in ("mbox", "tar") or not self.compression, f"feed {self.name}: folders are not compressed"
        )

    def file_period(self, day: date) -> str:
        """The part of a file's name that tells which period `day` belongs to."""
        return f"{day:%Y-%m}" if self.cadence == "month" else day.isoformat()

    @property
    def suffix(self) -> str:
        """What follows the period in the name of a file; empty for folders."""
        if self.format in ("maildir", "eml"):
            return ""
        return f".{self.format}.{self.compression}".rstrip(".")


@dataclass(frozen=True)
class Scenario:
    """A simulated world and the period in which it is watched; everything follows from these values.

    `daily_count` is the mean number of messages a day over all feeds while all of them run. `shutdown_on` is the day
    of the court's order; left out, it lies at three fifths of the period. `forgeries` are the kinds of forged hops
    that campaigns choose from.
    """

    seed: int
    first: date
    last: date
    daily_count: int
    feeds: tuple[SimulatedFeed, ...]
    campaign_count: int = 120
    ring_count: int = 16
    background_share: float = 0.15
    shutdown_on: date | None = None
    forgeries: tuple[str, ...] = FORGERIES

    def __post_init__(self) -> None:
        _require(self.first <= self.last, "first lies after last")
        _require(self.feeds, "a scenario needs a feed")
        _require(len({f.name for f in self.feeds}) == len(self.feeds), "two feeds share a name")
        _require(self.campaign_count >= 2 * self.ring_count > 0, "a ring needs two campaigns on average")
        if self.shutdown_on is None:
            days = (self.last - self.first).days
            object.__setattr__(self, "shutdown_on", self.first + timedelta(days=days * 3 // 5))

    def days_of(self, feed: SimulatedFeed) -> list[date]:
        """The days on which `feed` captures mail."""
        first, last = feed.first or self.first, feed.last or self.last
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]

    def daily_count_of(self, feed: SimulatedFeed) -> float:
        """Mean messages a day that `feed` captures."""
        return self.daily_count * feed.share / sum(f.share for f in self.feeds)


def _require(condition: object, message: str) -> None:
    if not condition:
        raise ValueError(message)


def year_scenario(seed: int = 1) -> Scenario:
    """The demo: a year of one trap's monthly archives and a week of nightly files of two others, about 40,000 messages.

    All three see the same rings; the court's order falls into the eleventh month.
    """
    week = {"first": date(2005, 6, 1), "last": date(2005, 6, 7)}
    return Scenario(
        seed=seed,
        first=date(2004, 7, 1),
        last=date(2005, 6, 30),
        daily_count=2068,
        shutdown_on=date(2005, 5, 11),
        feeds=(
            SimulatedFeed("trap-a", ("mx.trap-a.example",), share=68, cadence="month", mail_server="sendmail"),
            SimulatedFeed("trap-b", ("mx1.trap-b.example", "store.trap-b.example"), share=1000, **week),
            SimulatedFeed("trap-c", ("mail.trap-c.example",), share=1000, mail_server="qmail", **week),
        ),
    )


def quality_scenario(seed: int = 1, message_count: int = 100_000) -> Scenario:
    """Many campaigns over three months: what grouping and ring finding are measured on."""
    return Scenario(
        seed=seed,
        first=date(2005, 3, 1),
        last=date(2005, 5, 31),
        daily_count=max(1, message_count // 92),
        campaign_count=360,
        ring_count=45,
        feeds=(
            SimulatedFeed("trap-a", ("mx.trap-a.example",), share=0.6),
            SimulatedFeed("trap-b", ("mx1.trap-b.example", "store.trap-b.example"), share=0.4, mail_server="exim"),
        ),
    )


def benchmark_scenario(seed: int = 1, message_count: int = 1_000_000) -> Scenario:
    """A month of one busy trap: what throughput is measured on."""
    return Scenario(
        seed=seed,
        first=date(2005, 4, 1),
        last=date(2005, 4, 30),
        daily_count=max(1, message_count // 30),
        campaign_count=300,
        ring_count=40,
        feeds=(SimulatedFeed("trap-a", ("mx.trap-a.example",)),),
    )


SCENARIOS = {"year": year_scenario, "quality": quality_scenario, "benchmark": benchmark_scenario}
"""Ready-made scenarios by name; each is called with a seed."""
