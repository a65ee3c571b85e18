"""From a scenario to files: day by day, feed by feed, nothing kept but the message at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from transforms.simulate.background import make_background
from transforms.simulate.catalogue_file import write_catalogue
from transforms.simulate.chance import stream
from transforms.simulate.containers import FeedFile, feed_file
from transforms.simulate.copies import Copy, make_copy
from transforms.simulate.damage import damaged
from transforms.simulate.recipients import recipients_of
from transforms.simulate.scenario import Scenario, SimulatedFeed
from transforms.simulate.schedule import Batch, Schedule
from transforms.simulate.truth import MessageTruth, write_world
from transforms.simulate.world import make_world

Progress = Callable[[int], None]


@dataclass
class Summary:
    """What was written: messages in all feeds' files (`message_count`, redeliveries included), of them late and
    redelivered ones, the feeds' files and their bytes, and the catalogue that describes them.
    """

    feeds_file: Path
    message_count: int = 0
    late_count: int = 0
    duplicate_count: int = 0
    file_count: int = 0
    file_bytes: int = 0


def simulate(scenario: Scenario, out: Path, progress: Progress | None = None) -> Summary:
    """Write the scenario's feeds, their feeds.toml and the truth below `out`.

    `progress` is told now and then how many more messages were written. Files of an earlier run with the same names
    are replaced.
    """
    folder = out / "truth"
    folder.mkdir(parents=True, exist_ok=True)
    world = make_world(scenario)
    write_world(world, scenario, folder)
    summary = Summary(feeds_file=write_catalogue(scenario, out))
    with MessageTruth(folder / "messages.parquet") as truth:
        for feed in scenario.feeds:
            trap = Trap(feed, Schedule(scenario, world))
            for period, days in groupby(scenario.days_of(feed), feed.file_period):
                path = out / feed.name / f"{period}{feed.suffix}"
                with feed_file(feed, path) as file:
                    for day in days:
                        written = trap.file_day(day, file, truth, summary)
                        if progress:
                            progress(written)
                summary.file_count += 1
                summary.file_bytes += _size(path)
    return summary


class Trap:
    """One feed at work: makes the messages that it captures and files them."""

    def __init__(self, feed: SimulatedFeed, schedule: Schedule) -> None:
        self._feed = feed
        self._schedule = schedule
        self._pool = recipients_of(feed, schedule.scenario.seed)

    def messages_of(self, batch: Batch) -> Iterator[Copy]:
        """The messages of a batch; the second coming of an "again" batch is made anew, byte for byte."""
        key = (self._schedule.scenario.seed, self._feed.name, batch.captured_on, batch.route, batch.lag)
        draw = stream("batch", *key).random
        networks = self._schedule.world.networks
        for captured, campaign in self._schedule.moments(self._feed, batch, draw):
            if campaign:
                copy = make_copy(campaign, self._feed, self._pool, captured, networks, draw)
            else:
                copy = make_background(self._feed, self._pool, captured, draw)
            yield damaged(copy, draw)

    def file_day(self, day: date, file: FeedFile, truth: MessageTruth, summary: Summary) -> int:
        """Write what arrives on `day` to `file` and `truth`, and count it; returns how many messages."""
        before = file.count
        for batch in self._schedule.arrivals(self._feed, day):
            is_on_time = self._feed.file_period(batch.captured_on) == self._feed.file_period(day)
            is_late = not is_on_time and not batch.is_redelivery
            start = file.count
            for copy in self.messages_of(batch):
                truth.add(self._feed.name, file.path.name, file.add(copy), copy, is_late, batch.is_redelivery)
            summary.late_count += (file.count - start) * is_late
            summary.duplicate_count += (file.count - start) * batch.is_redelivery
        summary.message_count += file.count - before
        return file.count - before


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else sum(f.stat().st_size for f in path.rglob("*") if f.is_file())
