"""kill -9 at any moment, run again: the same tables as an undisturbed run.

A child process runs the steps and is killed at the n-th event: a rename, a link or a removal below the lake, or the
beginning, the end or the commit of a transaction. Then another one runs them to the end.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
from contextlib import contextmanager
from datetime import date

import great_expectations.execution_engine.sqlalchemy_execution_engine  # noqa: F401  (once, not in every child)
import pytest

from tests.mail import day_of_mail, write_day
from transforms import steps
from transforms.lake import Lake
from transforms.reading import published_tables
from transforms.steps.verifying import verify

DAY = date(2005, 3, 1)
EVENTS = {"os.rename", "os.remove", "os.rmdir", "os.symlink", "shutil.rmtree"}

RUN_TIMES = ["closed_at", "last_changed_at", "first_landed_at"]
"""Columns of marts that say when a run did something."""


class Bomb:
    """Counts events below the lake, and kills its process at the given one; 0 never goes off."""

    def __init__(self, lake: Lake, at: int):
        self.root, self.at, self.count = str(lake.root), at, 0
        sys.addaudithook(self.hook)
        self._guard_transactions()

    def hook(self, event: str, arguments: tuple) -> None:
        if event in EVENTS and any(self.root in str(argument) for argument in arguments):
            self.tick()

    def tick(self) -> None:
        self.count += 1
        if self.count == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def _guard_transactions(self) -> None:
        write, tick = Lake.write, self.tick

        @contextmanager
        def guarded(lake):
            with write(lake) as con:
                tick()
                yield con
                tick()  # before the commit
            tick()

        Lake.write = guarded


def kill_after(seconds: float) -> None:
    """End this process and all that it started, dbt among them, at a moment of no meaning."""
    os.setsid()
    timer = threading.Timer(seconds, os.killpg, (0, signal.SIGKILL))
    timer.daemon = True
    timer.start()


def in_child(work, bomb_at: int | None, lake: Lake) -> int:
    """Run `work` in a forked child; how many events it saw, or -9 when it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            bomb = Bomb(lake, bomb_at or 0)
            work()
            os.write(writing, str(bomb.count).encode())
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writing)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading) as answer:
        said = answer.read()
    if os.WIFSIGNALED(status):
        return -os.WTERMSIG(status)
    assert os.WEXITSTATUS(status) == 0, "the child failed"
    return int(said)


@pytest.fixture
def staged_world(world, tmp_path):
    """A feed of two files, one of which repeats messages of a day that was committed before."""
    made = world(trap={"url": "trap/{date}*.mbox.gz", "expected_daily": 8})
    mail = day_of_mail(DAY, 8)
    made.lake.create()
    write_day(tmp_path / "trap", DAY, mail)
    (tmp_path / "trap" / f"{DAY}-b.mbox.gz").write_bytes(
        write_day(tmp_path / "other", DAY, [*mail[:3], *day_of_mail(DAY, 4, first=50)]).read_bytes()
    )
    return made


def restore(made, template) -> None:
    shutil.rmtree(made.settings.lake)
    shutil.copytree(template, made.settings.lake, symlinks=True)


def state(made) -> dict[str, list[tuple]]:
    """Every row of every table, and of every mart that readers see."""
    if not (made.lake.published / "marts.duckdb").exists():
        return made.tables()
    with published_tables(made.lake) as con:
        marts = con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'published'").fetchall()
        marts = [name for (name,) in marts if name != "publication"]
        seen = f"SELECT COLUMNS(name -> NOT list_contains({RUN_TIMES}, name)) FROM published."
        return made.tables() | {name: con.execute(f"{seen}{name} ORDER BY ALL").fetchall() for name in marts}


def kill_everywhere(made, work, points: slice = slice(None)) -> int:
    """Kill the work at each event in turn; the number of events."""
    template = made.folder / "template"
    shutil.copytree(made.settings.lake, template, symlinks=True)
    events = in_child(work, None, made.lake)
    undisturbed = state(made)
    for at in range(1, events + 1)[points]:
        restore(made, template)
        assert in_child(work, at, made.lake) == -signal.SIGKILL
        assert in_child(work, None, made.lake) >= 0
        assert state(made) == undisturbed, f"killed at event {at} of {events}"
        assert verify(made.settings)["findings"] == [], f"killed at event {at} of {events}"
    return events


def test_land_parse_gate_and_commit_survive_a_kill_at_every_third_event(staged_world):
    events = kill_everywhere(staged_world, lambda: staged_world.stations("trap", DAY), slice(None, None, 3))
    assert events > 20
    assert staged_world.rows("select count(*) from messages") == [(12,)]


@pytest.mark.slow
def test_land_parse_gate_and_commit_survive_a_kill_at_any_event(staged_world):
    assert kill_everywhere(staged_world, lambda: staged_world.stations("trap", DAY)) > 20


@pytest.mark.slow
def test_build_and_publish_survive_a_kill_at_any_event(staged_world):
    staged_world.stations("trap", DAY)

    def work():
        steps.build(staged_world.settings)
        steps.publish(staged_world.settings)

    assert kill_everywhere(staged_world, work) > 8
    assert (staged_world.settings.lake / "published" / "marts.duckdb").exists()


@pytest.mark.slow
def test_a_build_survives_a_kill_of_dbt_at_any_moment(staged_world):
    staged_world.stations("trap", DAY)
    template = staged_world.folder / "template"
    shutil.copytree(staged_world.settings.lake, template, symlinks=True)

    def work():
        steps.build(staged_world.settings)
        steps.publish(staged_world.settings)

    assert in_child(work, None, staged_world.lake) > 0
    undisturbed = state(staged_world)
    for seconds in (2.0, 3.0, 4.0, 5.0):
        restore(staged_world, template)
        in_child(lambda moment=seconds: (kill_after(moment), work()), None, staged_world.lake)
        assert in_child(work, None, staged_world.lake) >= 0
        assert state(staged_world) == undisturbed, f"killed after {seconds} s"
