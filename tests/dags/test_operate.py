"""Starting and stopping Airflow: what can go wrong, without starting all of it."""

from __future__ import annotations

import io
import os
import socket
import stat
import subprocess
import sys
import time
from datetime import date

import psutil
import pytest
from rich.console import Console

from transforms.operate import services
from transforms.operate.api import Run
from transforms.operate.board import Board
from transforms.operate.fill import Range, fill
from transforms.operate.home import AlreadyRunning, Home, free_port
from transforms.operate.services import ComponentDied, Services
from transforms.settings import Settings


@pytest.fixture
def home(tmp_path) -> Home:
    return Home(tmp_path / "airflow", port=9)


def test_a_taken_port_is_left_to_its_owner():
    with socket.socket() as owner:
        owner.bind(("127.0.0.1", 0))
        owner.listen()
        taken = owner.getsockname()[1]
        assert free_port(taken) not in (0, taken)
    assert free_port(taken) == taken


def test_a_home_has_one_airflow(home):
    with home.claimed(), pytest.raises(AlreadyRunning, match=str(home.folder)), home.claimed():
        pytest.fail("claimed twice")
    with home.claimed():
        pass


def test_secrets_are_read_by_their_owner_only(home):
    with home.claimed():
        password = home.password()
        assert home.password() == password
        assert len(password) >= 16
        assert stat.S_IMODE((home.folder / "passwords.json").stat().st_mode) == 0o600
        assert stat.S_IMODE(home.folder.stat().st_mode) == 0o700


def test_nothing_listens_beyond_this_machine_or_phones_home(home, tmp_path):
    environment = home.environment(Settings(tmp_path / "lake", tmp_path / "feeds.toml"))
    assert environment["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert environment["AIRFLOW__CORE__LOAD_EXAMPLES"] == "False"
    assert environment["GX_ANALYTICS_ENABLED"] == environment["DBT_SEND_ANONYMOUS_USAGE_STATS"] == "false"
    assert environment["SPAMLEDGER_LAKE"] == str(tmp_path / "lake")


def test_a_component_that_dies_is_named_with_its_log(home, monkeypatch, tmp_path):
    monkeypatch.setattr(services, "COMPONENTS", {"scheduler": ("no-such-command",)})
    with home.claimed() as claim:
        airflow = Services(home, home.environment(Settings(tmp_path, tmp_path)), claim)
        airflow.start()
        airflow.running["scheduler"].wait(60)
        with pytest.raises(ComponentDied, match=r"scheduler ended with status 2.*scheduler\.log"):
            airflow.check()
        airflow.stop()
    assert "no-such-command" in (home.logs / "scheduler.log").read_text()


def test_stopping_leaves_no_process_behind(home):
    """A component that ignores SIGINT, with a child that has left its process group, as Airflow's tasks have."""
    child = "import os, time; os.setpgid(0, 0); time.sleep(600)"
    stubborn = (
        "import signal, subprocess, sys, time; signal.signal(signal.SIGINT, signal.SIG_IGN);"
        f"subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(600)"
    )
    with home.claimed() as claim:
        airflow = Services(home, dict(os.environ), claim)
        airflow.running["scheduler"] = subprocess.Popen([sys.executable, "-c", stubborn], start_new_session=True)
        parent = psutil.Process(airflow.running["scheduler"].pid)
        while not (children := parent.children()):
            time.sleep(0.05)
        airflow.stop(patience=0.2)
        assert not parent.is_running()
        assert not children[0].is_running() or children[0].status() == psutil.STATUS_ZOMBIE


def test_what_is_filled_starts_no_airflow(tmp_path, monkeypatch):
    settings, week = (
        Settings(tmp_path / "lake", tmp_path / "feeds.toml"),
        Range("ingest_daily", date(2005, 3, 1), date(2005, 3, 7)),
    )
    done = Run("ingest_daily", "2005-03-01", "success", "backfill__1")
    calls = []

    class Ready:
        def __enter__(self):
            calls.append("started")
            return None, self

        def __exit__(self, *_):
            return None

        def backfill(self, *arguments):
            calls.append(arguments)

    monkeypatch.setattr("transforms.operate.fill.ready", lambda *_: Ready())
    monkeypatch.setattr("transforms.operate.fill._watch", lambda *_: [done])
    (tmp_path / "airflow").mkdir()
    for _ in range(2):
        assert fill(settings, tmp_path / "airflow", [week], Console(quiet=True)) == [done]
    assert calls == ["started", ("ingest_daily", week.first, week.last)]


def test_the_board_counts_what_has_ended():
    console = Console(width=120, record=True, force_terminal=True, file=io.StringIO())
    with Board(console) as board:
        board.show(
            [
                Run("ingest_daily", f"2005-03-0{n}", state, str(n))
                for n, state in enumerate(("success", "failed", "running"))
            ]
        )
    shown = console.export_text()
    assert "ingest_daily" in shown
    assert "2/3" in shown
    assert "1 failed, 1 running, 1 success" in shown


def test_the_shell_can_speak_to_it(home, tmp_path):
    with home.claimed():
        exports = home.write_exports(Settings(tmp_path / "a lake", tmp_path / "feeds.toml"))
    shell = f'. "{exports}" && echo "$SPAMLEDGER_LAKE" && command -v airflow'
    said = subprocess.run(
        ["sh", "-c", shell], env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=True
    )
    assert said.stdout.splitlines()[0] == str(tmp_path / "a lake")
    assert said.stdout.splitlines()[1].endswith("/airflow")
