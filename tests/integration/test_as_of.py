"""Fifty readers while a night runs; and what was known before it, once it is over."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import many_readers
import pytest

from transforms.lake import Lake
from transforms.publications import NeverPublished, publication_as_of, publications, remember
from transforms.reading import published_tables, query
from transforms.steps import publishing

D2 = date(2005, 3, 2)
COUNTED = "select (select sum(message_count) from mart_volume_monthly), (select count(*) from messages)"


def test_fifty_readers_do_not_meet_the_night_and_the_night_before_can_be_asked(published_trap):
    made = published_trap
    root = made.settings.lake
    (first,) = publications(made.lake)
    command = [sys.executable, many_readers.__file__, root]
    readers = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        while not (root / "reading").exists() and readers.poll() is None:
            time.sleep(0.1)
        assert made.run(D2, D2).exit_code == 0
    finally:
        (root / "stop").touch()
    told = json.loads(readers.communicate(timeout=120)[0])
    assert told["failed"] == []
    assert told["queries"] > many_readers.READERS

    snapshot = str(first["snapshot_id"])
    instant = (datetime.fromisoformat(first["published_at"]) + timedelta(seconds=1)).isoformat()
    for as_of in (snapshot, instant):
        with published_tables(made.lake, as_of) as con:
            assert query(con, COUNTED).fetchone() == (30, 30)
            assert query(con, "select snapshot_id, published_at::varchar from publication").fetchone() == (
                first["snapshot_id"],
                first["published_at"].replace("T", " "),
            )
            assert query(con, "select count(*) > 0 from campaign_members").fetchone()
    for as_of in (None, first["published_at"][:10], "9999-12-31"):
        with published_tables(made.lake, as_of) as con:
            assert query(con, COUNTED).fetchone() == (60, 60)
    with published_tables(made.lake) as now, published_tables(made.lake, "9999-12-31") as then:
        names = "select view_name from duckdb_views() where database_name = 'memory' and not internal order by all"
        listed = now.execute(names).fetchall()
        assert listed == then.execute(names).fetchall()
        for (name,) in listed:
            assert (
                now.execute(f"select * from {name} order by all").fetchall()
                == then.execute(f"select * from {name} order by all").fetchall()
            ), name


@pytest.fixture
def lake(tmp_path) -> Lake:
    lake = Lake(tmp_path / "lake")
    lake.create()
    return lake


def published(lake: Lake, snapshot_id: int, at: str) -> Path:
    folder = lake.publications / f"{at[:10]}-{snapshot_id}"
    folder.mkdir(parents=True)
    (folder / "publication.json").write_text(
        json.dumps({"snapshot_id": snapshot_id, "published_at": at, "report": None})
    )
    return folder


def test_a_publication_outlives_its_folder_in_memory(lake):
    for snapshot, at in ((0, "2005-03-01T05:00:00"), (1, "2005-03-02T05:00:00"), (1, "2005-03-03T05:00:00")):
        folder = published(lake, snapshot, at)
        remember(lake, folder)
        remember(lake, folder)  # as after a kill before the folder was removed
    assert [each["published_at"][:10] for each in publications(lake)] == ["2005-03-01", "2005-03-02", "2005-03-03"]
    assert publication_as_of(lake, "2005-03-01")["snapshot_id"] == 0
    assert publication_as_of(lake, "2005-03-02T04:59:59")["snapshot_id"] == 0
    assert publication_as_of(lake, "2005-03-02T07:30:00+03:00")["snapshot_id"] == 0
    assert publication_as_of(lake, "1")["published_at"] == "2005-03-03T05:00:00"
    assert publishing.KEPT_PUBLICATIONS < 4


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("2005-02-28", "nothing was published by then"),
        ("7", "never published"),
        ("yesterday", "give a day"),
        ("2005-03-02", "has expired"),
        ("", "give a day"),
    ],
)
def test_what_cannot_be_told_is_said(lake, said, why):
    published(lake, 0, "2005-03-01T05:00:00")
    published(lake, 999, "2005-03-02T05:00:00")
    with pytest.raises(NeverPublished, match=why):
        publication_as_of(lake, said)
