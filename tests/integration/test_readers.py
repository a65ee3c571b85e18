"""A reader in a loop during publishes sees whole nights and nothing else."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date

from transforms.lake import Lake

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
