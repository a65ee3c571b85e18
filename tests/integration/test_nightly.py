"""Nights in order, late and repeated, as an operator runs them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date, datetime

import duckdb
import pytest

from tests.mail import day_of_mail, message, write_day
from transforms import steps
from transforms.fetch import http
from transforms.reading import published_tables
from transforms.steps.verifying import verify

D1, D2, D3 = (date(2005, 3, day) for day in (1, 2, 3))


def spamledger(world, *arguments: str) -> subprocess.CompletedProcess:
    """The command as a user types it."""
    command = [sys.executable, "-m", "transforms.cli", "--lake", world.settings.lake, "--feeds", world.settings.feeds]
    return subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)


def test_from_files_to_an_answer_on_the_command_line(trap):
    done = spamledger(trap, "run", "--from", "2005-03-01", "--to", "2005-03-03")
    assert done.returncode == 0, done.stderr
    asked = spamledger(
        trap, "sql", "--format", "json", "select month, feed, message_count from mart_volume_monthly order by 1"
    )
    assert json.loads(asked.stdout) == [{"month": "2005-03-01", "feed": "trap", "message_count": 90}]
    raw = spamledger(
        trap, "sql", "--format", "csv", "select count(*) as n, count(distinct message_key) as k from messages"
    )
    assert raw.stdout == "n,k\n90,90\n"
    audit = spamledger(trap, "verify")
    assert audit.returncode == 0, audit.stdout + audit.stderr
    assert "every landed byte is accounted for" in audit.stdout
    with duckdb.connect(trap.settings.lake / "published" / "marts.duckdb", read_only=True) as con:
        assert con.execute("select sum(message_count) from fct_messages_daily").fetchone() == (90,)


def test_what_is_published_can_not_be_changed(published_trap):
    for statement in ("delete from loads", "copy loads to 'x.csv'", "select 1; drop view loads", "selec 1"):
        refused = spamledger(published_trap, "sql", statement)
        assert refused.returncode == 2, statement
        assert refused.stderr
        assert "Traceback" not in refused.stderr


def test_wrong_use_says_what_to_do(trap, tmp_path):
    nothing = spamledger(trap, "sql", "select 1")
    assert nothing.returncode == 2
    assert "spamledger run" in nothing.stderr
    unknown = spamledger(trap, "run", "--from", "2005-03-01", "--feed", "trop")
    assert unknown.returncode == 2
    assert "did you mean 'trap'" in unknown.stderr
    trap.settings.feeds.write_text('[feeds.trap]\nurl = "x"\ntrusted_host = ["a"]\n')
    wrong = spamledger(trap, "run", "--from", "2005-03-01")
    assert wrong.returncode == 2
    assert "feeds.toml" in wrong.stderr
    assert "trusted_host" in wrong.stderr


def test_a_source_out_of_reach_is_exit_code_3_and_the_others_are_counted(world, tmp_path, monkeypatch):
    for step in ("build", "publish", "report"):
        monkeypatch.setattr(steps, step, lambda _: {"is_held": False})
    monkeypatch.setattr(http, "BACK_OFF_SECONDS", 0.01)
    made = world(here={"url": "here/{date}.mbox.gz"}, away={"url": "http://127.0.0.1:9/{date}.mbox"})
    write_day(tmp_path / "here", D1, day_of_mail(D1, 5))
    made_run = made.run(D1, D1)
    assert made_run.exit_code == 3
    assert made.rows("select feed, count(*) from messages group by all") == [("here", 5)]


def test_twice_is_the_same_as_once(published_trap):
    trap = published_trap
    assert trap.run(D1, D3).built["changed"]
    once = trap.tables()
    events = trap.rows("select count(*) from month_events")
    again = trap.run(D1, D3)
    assert again.exit_code == 0
    assert again.built["changed"] is False
    assert trap.tables() == once
    assert trap.rows("select count(*) from month_events") == events
    assert len(once["messages"]) == 90


def test_parsing_the_past_again_replaces_each_row_with_itself(published_trap):
    trap = published_trap
    trap.nights(D2, D3)
    once = trap.tables()
    for day in (D2, D1, D3):
        steps.parse(trap.settings, "trap", day, again=True)
        steps.gate(trap.settings, "trap", day)
        assert steps.commit(trap.settings, "trap", day)["held"] == []
    assert trap.tables() == once


def test_any_order_of_days_gives_the_same_messages(published_trap):
    trap = published_trap
    trap.nights(D2, D3)
    in_order = trap.tables()["messages"]
    shutil.rmtree(trap.settings.lake)
    trap.nights(D3, D1, D2)
    assert trap.tables()["messages"] == in_order


def test_a_file_delivered_again_under_another_name_is_the_same_load(trap, tmp_path):
    trap.nights(D1, D2)
    shutil.copy(tmp_path / "trap" / f"{D2}.mbox.gz", tmp_path / "trap" / f"{D3}.mbox.gz")
    trap.nights(D3)
    assert trap.rows("select count(*) from messages") == [(60,)]
    assert trap.rows("select name, outcome from deliveries order by load_date") == [
        (f"{D1}.mbox.gz", "landed"),
        (f"{D2}.mbox.gz", "landed"),
        (f"{D3}.mbox.gz", "repeated"),
    ]


def test_a_grown_file_adds_only_what_is_new(trap, tmp_path):
    trap.nights(D1)
    write_day(tmp_path / "trap", D1, day_of_mail(D1, 40))
    trap.nights(D1)
    assert trap.rows("select found_count, parsed_count, rejected_count from loads order by all") == [
        (30, 30, 0),
        (40, 10, 30),
    ]
    assert trap.rows("select distinct reason from rejects") == [("duplicate",)]
    assert trap.rows("select count(*), count(distinct message_key) from messages") == [(40, 40)]
    assert verify(trap.settings)["findings"] == []


def test_identical_copies_in_one_file_are_captures_of_their_own(world, tmp_path):
    made = world(trap={"url": "trap/{date}.mbox.gz"})
    write_day(tmp_path / "trap", D1, [message(1, datetime(2005, 3, 1, 9))] * 3)
    made.stations("trap", D1)
    assert made.rows("select count(*), count(distinct message_key), count(distinct message_sha256) from messages") == [
        (3, 3, 1)
    ]


def test_a_day_without_a_file_is_seen_as_missing(published_trap, tmp_path):
    trap = published_trap
    (tmp_path / "trap" / f"{D2}.mbox.gz").unlink()
    assert trap.run(D2, D3).exit_code == 0
    assert trap.rows("select outcome from deliveries order by load_date") == [("landed",), ("absent",), ("landed",)]
    with published_tables(trap.lake) as con:
        health = con.execute("select load_date, status from mart_feed_health_daily order by 1").fetchall()
    assert health == [(D1, "ok"), (D2, "missing"), (D3, "ok")]


def test_late_mail_reopens_its_month_and_only_it(world, tmp_path):
    made = world(trap={"url": "trap/{date}.mbox.gz"})  # how late mail may be is not declared
    days = [date(2005, 2, 27), date(2005, 2, 28), D1, D2, D3]
    for n, day in enumerate(days):
        write_day(tmp_path / "trap", day, day_of_mail(day, 4, first=10 * n))
    made.run(days[0], D2)
    assert made.rows("select month, event from month_events where event in ('closed', 'reopened')") == [
        (date(2005, 2, 1), "closed")
    ]
    late = message(99, datetime(2005, 2, 28, 23))
    write_day(tmp_path / "trap", D3, [*day_of_mail(D3, 4, first=40), late])
    report = made.run(D3, D3)
    assert report.held == []
    assert report.built["months"] == ["2005-02-01", "2005-03-01"]
    events = made.rows("select event from month_events where month = '2005-02-01' order by event_id")
    assert [event for (event,) in events][-4:] == ["changed", "reopened", "closed", "built"]
    assert made.rows("select load_date, is_late from loads where is_late") == [(D3, True)]
    with duckdb.connect(made.settings.lake / "published" / "marts.duckdb", read_only=True) as con:
        rows = con.execute(
            "select month, message_count, month_state, revision from mart_volume_monthly order by 1"
        ).fetchall()
    assert rows == [(date(2005, 2, 1), 9, "closed", 2), (date(2005, 3, 1), 12, "open", 0)]


def test_trap_addresses_are_nowhere_in_the_lake_but_in_landed_mail(published_trap):
    trap = published_trap
    for path in sorted(trap.settings.lake.rglob("*")):
        if path.is_file() and "landed" not in path.parts and path.suffix in (".parquet", ".duckdb", ".html", ".sqlite"):
            assert b"@trap.example" not in path.read_bytes(), path
    assert trap.rows("select count(distinct trap_address_hash) from messages") == [(11,)]


def test_a_damaged_lake_does_not_pass_its_audit(published_trap):
    trap = published_trap
    trap.nights(D2)
    landed = sorted(path for path in (trap.settings.lake / "landed").rglob("*") if path.is_file())
    whole = landed[0].read_bytes()
    landed[0].write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert any("is not what was pulled" in finding for finding in verify(trap.settings)["findings"])
    landed[0].unlink()
    assert any("is gone" in finding for finding in verify(trap.settings)["findings"])
    landed[0].write_bytes(whole)
    assert verify(trap.settings)["findings"] == []
    stray = landed[0].with_name("0" * 64)
    stray.write_bytes(b"x")
    assert any("without a receipt" in finding for finding in verify(trap.settings)["findings"])
    stray.unlink()
    with trap.lake.write() as con:
        con.execute("DELETE FROM messages WHERE position = 3")
    assert any("messages holds 29 of 30" in finding for finding in verify(trap.settings)["findings"])


@pytest.mark.parametrize("verb", ["run", "land", "parse", "gate", "sql", "simulate", "verify", "status", "release"])
def test_every_command_explains_itself(verb, trap):
    shown = spamledger(trap, verb, "--help")
    assert shown.returncode == 0
    assert len(shown.stdout) > 200
