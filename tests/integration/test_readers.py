"""A reader in a loop during publishes sees whole nights and nothing else."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date

import many_readers
import pytest

from transforms.lake import Lake
from transforms.publications import publications
from transforms.reading import published_tables, query

D2, D3 = date(2005, 3, 2), date(2005, 3, 3)
READER = """
import sys, time
import duckdb
from pathlib import Path
from transforms.lake import Lake
from transforms.reading import published_tables

root = Path(sys.argv[1])
while not (root / "stop").exists():
    with published_tables(Lake(root)) as con:
        counted = con.execute(
            "select (select sum(message_count) from mart_volume_monthly), (select sum(message_count) from fct_messages_daily), "
            "(select count(*) from messages), (select coalesce(sum(url_count), 0) from messages), (select count(*) from urls)"
        ).fetchone()
    with duckdb.connect(root / "published" / "marts.duckdb", read_only=True) as con:
        file = con.execute("select sum(message_count) from mart_volume_monthly").fetchone()
    print(*counted, *file, flush=True)
    time.sleep(1)
"""


def test_readers_see_only_whole_nights(published_trap):
    made = published_trap
    reader = subprocess.Popen([sys.executable, "-c", READER, made.settings.lake], stdout=subprocess.PIPE, text=True)
    for day in (D2, D3):
        assert made.run(day, day).exit_code == 0
    (made.settings.lake / "stop").touch()
    seen, _ = reader.communicate(timeout=60)
    assert reader.returncode == 0
    nights = {30, 60, 90}
    looks = [tuple(map(int, line.split())) for line in seen.splitlines()]
    assert len(looks) > 5
    for monthly, daily, messages, links, urls, file in looks:
        assert monthly == daily == messages
        assert links == urls
        assert messages in nights
        assert file in nights
    assert [look[2] for look in looks] == sorted(look[2] for look in looks)
    assert looks[0][2] == 30
    _nights_of_the_past_are_known(made.lake)


def _nights_of_the_past_are_known(lake: Lake) -> None:
    """By snapshot and by instant; and the newest one out of the lake is the published file, table by table."""
    known = publications(lake)
    assert len(known) == 3
    for count, each in zip((30, 60, 90), known, strict=True):
        for as_of in (str(each["snapshot_id"]), each["published_at"]):
            with published_tables(lake, as_of) as con:
                counted = "select (select sum(message_count) from mart_volume_monthly), (select count(*) from messages)"
                assert query(con, counted).fetchone() == (count, count)
    tables = "select view_name from duckdb_views() where database_name = 'memory' and not internal order by all"
    with published_tables(lake) as now, published_tables(lake, "9999-12-31") as then:
        listed = now.execute(tables).fetchall()
        assert listed == then.execute(tables).fetchall()
        for (name,) in listed:
            rows = f"from {name} order by all"
            assert now.execute(rows).fetchall() == then.execute(rows).fetchall(), name


@pytest.mark.slow
def test_fifty_readers_at_once_never_meet_the_night(published_trap):
    root = published_trap.settings.lake
    command = [sys.executable, many_readers.__file__, root]
    readers = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        while not (root / "reading").exists() and readers.poll() is None:
            time.sleep(0.1)
        assert published_trap.run(D2, D2).exit_code == 0
    finally:
        (root / "stop").touch()
    said, _ = readers.communicate(timeout=120)
    print(said)
    told = json.loads(said)
    assert told["failed"] == []
    assert told["queries"] > many_readers.READERS


def test_a_reader_who_takes_his_time_stops_no_commit(tmp_path):
    """Longer than SQLite waits for a lock; also in a lake that was made with another journal."""
    lake = Lake(tmp_path / "lake")
    lake.create()
    with closing(sqlite3.connect(lake.catalogue)) as con:
        con.execute("PRAGMA journal_mode = delete")
    lake.create()
    with lake.write() as con:
        con.execute(
            "INSERT INTO month_events BY NAME SELECT uuid()::VARCHAR AS event_id, DATE '2005-03-01' AS month, "
            "'changed' AS event, now()::TIMESTAMP AS occurred_at FROM range(20000)"
        )
    with lake.read() as reader:
        rows = reader.execute("FROM month_events").to_arrow_reader(10)
        rows.read_next_batch()
        for _ in range(2):
            with lake.write() as con:
                con.execute("DELETE FROM month_events WHERE month = DATE '2005-03-01'")
                con.execute(
                    "INSERT INTO month_events BY NAME SELECT 'new' AS event_id, DATE '2005-03-01' AS month, "
                    "'changed' AS event, now()::TIMESTAMP AS occurred_at"
                )
        assert 10 + sum(len(batch) for batch in rows) == 20_000
    with lake.read() as con:
        assert con.execute("SELECT count(*) FROM month_events").fetchone() == (1,)


def test_one_who_may_only_read_the_folder_reads_the_lake(tmp_path, monkeypatch):
    lake = Lake(tmp_path / "lake")
    lake.create()
    with lake.read() as kept_open:  # so that the row below stays in the log
        kept_open.execute("FROM loads").fetchall()
        with lake.write() as con:
            con.execute(
                "INSERT INTO month_events BY NAME SELECT 'new' AS event_id, DATE '2005-03-01' AS month, "
                "'changed' AS event, now()::TIMESTAMP AS occurred_at"
            )
        monkeypatch.setattr(os, "access", lambda path, mode: False)
        before = sorted(path.name for path in lake.root.iterdir())
        with lake.read() as con:
            assert con.execute("SELECT count(*) FROM month_events").fetchone() == (1,)
        assert sorted(path.name for path in lake.root.iterdir()) == before
