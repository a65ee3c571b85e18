"""A small world of feeds and a lake for each test that asks for one."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.mail import day_of_mail, feeds_toml, write_day
from tests.once import HASH_KEY, copied, made_once
from transforms import steps
from transforms.lake import Lake
from transforms.settings import Settings
from transforms.steps import running
from transforms.tables import TABLES

VOLATILE = {
    "pulled_at",
    "committed_at",
    "evaluated_at",
    "grouped_at",
    "joined_at",
    "merged_at",
    "occurred_at",
    "gate_run_id",
    "event_id",
    "report",
    "modified_at",
}
"""Columns that hold when, or in which run, a thing was done: all others are the same in every replay."""
D1, D2, D3 = (date(2005, 3, day) for day in (1, 2, 3))
LOGS = ("gate_results", "month_events", "deliveries")
"""Tables to which a replay adds rows; the others are the same after it."""


@dataclass
class World:
    """A folder with feeds, a catalogue and a lake."""

    folder: Path
    settings: Settings

    @property
    def lake(self) -> Lake:
        return Lake(self.settings.lake)

    def stations(self, feed: str, day: date) -> dict:
        """Land, parse, gate and commit one feed and day; what commit says."""
        steps.land(self.settings, feed, day)
        return self.judged(feed, day)

    def nights(self, *days: date) -> None:
        """The stations of the feed `trap`, day by day, without marts."""
        for day in days:
            self.stations("trap", day)

    def judged(self, feed: str, day: date) -> dict:
        """Parse, gate and commit what is landed."""
        steps.parse(self.settings, feed, day)
        steps.gate(self.settings, feed, day)
        return steps.commit(self.settings, feed, day)

    def run(self, first: date, last: date) -> running.RunReport:
        return running.run(self.settings, running.due(self.settings, first, last))

    def rows(self, sql: str) -> list[tuple]:
        """A query on the newest state of the lake."""
        with self.lake.read() as con:
            return con.execute(sql).fetchall()

    def tables(self) -> dict[str, list[tuple]]:
        """Every row of every table, without what differs from replay to replay."""
        with self.lake.read() as con:
            return {
                name: con.execute(f"SELECT * EXCLUDE ({excluded}) FROM {name} ORDER BY ALL").fetchall()
                if (excluded := ", ".join(VOLATILE & set(table.schema.names)))
                else con.execute(f"FROM {name} ORDER BY ALL").fetchall()
                for name, table in TABLES.items()
                if name not in LOGS
            }


@pytest.fixture(autouse=True)
def _fixed_key(monkeypatch):
    monkeypatch.setenv("SPAMLEDGER_HASH_KEY", HASH_KEY)


@pytest.fixture(autouse=True, scope="session")
def _project_read_once(dbt_target):
    os.environ["DBT_TARGET_PATH"] = str(dbt_target)
    yield
    del os.environ["DBT_TARGET_PATH"]


@pytest.fixture
def world(tmp_path) -> Callable[..., World]:
    """Make a world of feeds: `world(trap={"url": …})`; urls are below the test's folder."""

    def make(**feeds: dict) -> World:
        catalogue = feeds_toml(tmp_path, **feeds)
        return World(tmp_path, Settings((tmp_path / "lake").resolve(), catalogue))

    return make


def world_of_trap(folder: Path) -> World:
    """One daily feed, `trap`, with three days of thirty messages."""
    catalogue = feeds_toml(folder, trap={"url": "trap/{date}.mbox.gz", "late_days": 3, "expected_daily": 30})
    for n, day in enumerate((D1, D2, D3)):
        write_day(folder / "trap", day, day_of_mail(day, 30, first=100 * n))
    return World(folder, Settings((folder / "lake").resolve(), catalogue))


@pytest.fixture
def trap(tmp_path) -> World:
    """The world of `trap`, and no lake yet."""
    return world_of_trap(tmp_path)


@pytest.fixture(scope="session")
def first_night(tmp_path_factory, _project_read_once) -> Path:
    """The folder of `trap` after the run of its first day: for `published_trap` to copy, and nobody to change."""

    def make(folder: Path) -> None:
        assert world_of_trap(folder).run(D1, D1).exit_code == 0

    return made_once(tmp_path_factory, "first_night", make)


@pytest.fixture
def published_trap(first_night, tmp_path) -> World:
    """The world of `trap`, its first day published."""
    folder = copied(first_night, tmp_path)
    return World(folder, Settings((folder / "lake").resolve(), folder / "feeds.toml"))
