"""The command line: what is wrong is said in a sentence with the exit code for it, and nothing is left behind."""

from __future__ import annotations

import json
import signal
import threading
from datetime import date, timedelta

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from tests.mail import feeds_toml
from transforms import cli, steps
from transforms.clock import now
from transforms.steps.building import BuildFailed

D1, D2 = date(2005, 3, 1), date(2005, 3, 2)
RANGE = ("--from", str(D1))


@pytest.fixture
def spamledger(monkeypatch, capsys):
    """Run a command on a world's lake, or on another: its exit code, what it said, what it complained of."""

    def call(made, *arguments, lake=None) -> tuple[int, str, str]:
        options = ("--lake", lake or made.settings.lake, "--feeds", made.settings.feeds)
        monkeypatch.setattr("sys.argv", ["spamledger", *map(str, (*options, *arguments))])
        with pytest.raises(SystemExit) as end:
            cli.main()
        return end.value.code, *capsys.readouterr()

    handler = signal.getsignal(signal.SIGINT)
    yield call
    signal.signal(signal.SIGINT, handler)


@pytest.mark.parametrize(
    "command",
    [
        "build",
        "publish",
        "maintain",
        "docs",
        "status",
        "verify",
        "parse",
        "gate",
        "release",
        "sql",
        "networks",
        "report",
    ],
)
def test_only_landing_makes_a_lake(trap, spamledger, command):
    arguments = {
        "parse": RANGE,
        "gate": RANGE,
        "release": ("x", "--because", "y"),
        "sql": ("select 1",),
        "networks": ("x.csv",),
    }
    mistyped = trap.folder / "lakke"
    code, _, said = spamledger(trap, command, *arguments.get(command, ()), lake=mistyped)
    assert code == 2
    assert str(mistyped) in said
    assert not mistyped.exists()


@pytest.mark.parametrize("command", ["run", "land"])
def test_a_lake_that_cannot_be_made_is_named_with_a_remedy(trap, spamledger, command):
    file = trap.folder / "file"
    file.touch()
    for lake in (file, "/proc/x"):
        code, _, said = spamledger(trap, command, *RANGE, lake=lake)
        assert code == 2
        assert said.strip().startswith(f"error: {lake}")
        assert "name another folder" in said


def test_a_lake_that_is_none_is_named_with_a_remedy(trap, spamledger):
    trap.settings.lake.mkdir()
    trap.lake.catalogue.write_bytes(b"no catalogue" * 100)
    for command in (("status",), ("verify",), ("build",), ("land", *RANGE)):
        code, _, said = spamledger(trap, *command)
        assert (code, "--lake" in said) == (2, True), command


@pytest.mark.parametrize("days", ["abc", "-5"])
def test_a_setting_that_will_not_do_is_named(trap, spamledger, monkeypatch, days):
    trap.lake.create()
    monkeypatch.setenv("SPAMLEDGER_RETENTION_DAYS", days)
    code, _, said = spamledger(trap, "maintain")
    assert code == 2
    assert f"SPAMLEDGER_RETENTION_DAYS is '{days}'" in said


@pytest.mark.parametrize("command", ["run", "land", "parse", "gate"])
def test_days_to_come_and_ranges_without_work_are_refused(trap, spamledger, command):
    trap.lake.create()
    tomorrow = now().date() + timedelta(days=1)
    for days in (("--from", "2005-03-01", "--to", tomorrow), ("--from", "2055-03-04"), ("--from", D2, "--to", D1)):
        assert spamledger(trap, command, *days)[0] == 2
    trap.settings.feeds.write_text(trap.settings.feeds.read_text() + "enabled = false\n")
    code, _, said = spamledger(trap, command, *RANGE)
    assert code == 2
    assert "--feed" in said
    assert trap.rows("select count(*) from deliveries") == [(0,)]


def test_a_failed_build_still_shows_what_was_landed(trap, spamledger, monkeypatch):
    def fail(*_):
        raise BuildFailed("dbt build failed")

    monkeypatch.setattr(steps, "build", fail)
    code, shown, said = spamledger(trap, "run", *RANGE)
    assert code == 1
    assert "1 landed" in shown
    assert "dbt build failed" in said


def test_one_who_waits_for_another_run_says_so(trap, spamledger):
    trap.lake.create()
    held = trap.lake.lock("writer")
    held.__enter__()
    threading.Timer(1, held.__exit__, (None, None, None)).start()
    code, _, said = spamledger(trap, "maintain")
    assert code == 0
    assert "waiting for another run of this lake (lock writer)" in said


def test_tables_of_networks_are_kept_or_named_with_what_is_wrong(trap, spamledger):
    trap.lake.create()
    good, bad = trap.folder / "good.csv", trap.folder / "bad.csv"
    good.write_text("start_ip,end_ip,asn,country_code\n192.0.2.0,192.0.2.255,64500,DE\n")
    bad.write_text("nothing of the kind")
    for files, words in (((bad,), [str(bad)]), ((good, trap.folder / "none.csv"), ["none.csv", "No such file"])):
        code, _, said = spamledger(trap, "networks", *files)
        assert (code, all(word in said.replace("\n", "") for word in words)) == (2, True)
        assert not trap.lake.networks.exists()
    code, shown, _ = spamledger(trap, "networks", good)
    assert (code, "1 ranges kept: good.csv 20" in shown) == (0, True)
    assert spamledger(trap, "networks", trap.lake.networks)[0] == 0


def test_status_and_run_tell_of_warnings_and_of_marts_that_are_held(published_trap, spamledger):
    made = published_trap
    feeds_toml(made.folder, trap={"url": "trap/{date}.mbox.gz", "expected_daily": 400})
    code, shown, _ = spamledger(made, "run", "--from", D2)
    assert code == 0
    assert "Warnings" in shown
    assert "Warnings" not in spamledger(made, "run", "--from", D2)[1]
    code, shown, _ = spamledger(made, "status")
    assert (code, "Warnings" in shown, "marts are held" in shown) == (0, True, False)
    break_a_mart(made)
    assert spamledger(made, "publish")[0] == 1
    code, shown, _ = spamledger(made, "status")
    assert (code, "marts are held" in shown, "reports/gates/" in shown) == (1, True, True)
    (made.lake.candidates / "state.json").unlink()
    assert spamledger(made, "run", "--from", D2)[0] == 0
    assert spamledger(made, "status")[0] == 0


def break_a_mart(made) -> None:
    """A row of a mart is miscounted, by a build that is not judged yet."""
    state = made.lake.candidates / "state.json"
    state.write_text(json.dumps(json.loads(state.read_text()) | {"state": "another"}))
    mart = made.lake.candidates / "mart_volume_monthly.parquet"
    table = pq.read_table(mart)
    place = table.schema.get_field_index("message_count")
    pq.write_table(table.set_column(place, table.schema.field(place), pc.add(table["message_count"], 1)), mart)


def test_a_simulation_says_what_it_wrote_and_refuses_none(trap, spamledger, tmp_path):
    for count in ("0", "-5"):
        assert (
            spamledger(trap, "simulate", "--out", tmp_path / "s", "--scenario", "benchmark", "--messages", count)[0]
            == 2
        )
    assert not (tmp_path / "s").exists()
    code, shown, _ = spamledger(trap, "simulate", "--out", tmp_path / "s", "--scenario", "benchmark", "--messages", "3")
    assert code == 0
    assert "3 were asked for" in shown
    code, _, said = spamledger(trap, "simulate", "--out", trap.settings.feeds)
    assert (code, said.strip().startswith(f"error: {trap.settings.feeds}")) == (2, True)
