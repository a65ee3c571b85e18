"""A batch: the loads of one feed and period that wait to be committed."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from transforms.catalogue import Feed, Period, feed_named, load_catalogue
from transforms.lake import Lake
from transforms.settings import Settings


@dataclass(frozen=True)
class Batch:
    """One feed, one period, and the lake they belong to."""

    lake: Lake
    feed: Feed
    period: Period

    @classmethod
    def of(cls, settings: Settings, feed: str, load_date: date) -> Batch:
        """The batch of a feed in the catalogue; makes the lake if there is none yet."""
        lake = Lake(settings.lake)
        lake.create()
        found = feed_named(load_catalogue(settings.feeds), feed, settings.feeds)
        (period,) = found.periods(load_date, load_date)
        return cls(lake, found, period)

    @property
    def load_date(self) -> date:
        """First day of the period."""
        return self.period.load_date

    @property
    def staging(self) -> Path:
        """Folder of the staged rows."""
        return self.lake.staging(self.feed.name, self.load_date)

    def lock(self) -> AbstractContextManager[None]:
        """Held by each step, so that two runs of the same batch take turns."""
        return self.lake.lock(f"{self.feed.name}-{self.load_date}")

    def loads(self, *statuses: str) -> list[dict]:
        """The batch's rows of `loads` with one of the statuses, in a fixed order."""
        with self.lake.read() as con:
            rows = con.execute(
                "SELECT * FROM loads WHERE feed = ? AND load_date = ? AND list_contains(?, status) "
                "ORDER BY name, load_id",
                [self.feed.name, self.load_date, list(statuses)],
            )
            return rows.to_arrow_table().to_pylist()
