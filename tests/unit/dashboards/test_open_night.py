"""A reader during a publish: whole nights, one at a time, whatever is swapped and swept meanwhile."""

from __future__ import annotations

import shutil
import threading
import time
from datetime import datetime, timedelta

import duckdb
import pytest

from dashboards import reports
from dashboards.night import NothingPublished, open_night
from dashboards.query import Query, TablesMissing
from tests.tiny_publication import point, publish, schemas

TOTAL = Query(("mart_months",), "SELECT sum(message_count)::BIGINT AS n FROM mart_months")
FEEDS = Query(("mart_volume_monthly",), "SELECT sum(message_count)::BIGINT AS n FROM mart_volume_monthly")
FIRST = datetime(2005, 7, 1, 4)


def number(night, query):
    return night.ask(query).column("n").to_pylist()[0]


def test_a_page_stays_in_its_night_when_the_next_is_published_and_its_folder_swept(tmp_path):
    old = publish(tmp_path, FIRST, scale=1)
    with open_night(tmp_path) as night:
        publish(tmp_path, FIRST + timedelta(days=1), scale=5)
        shutil.rmtree(old)
        assert (night.snapshot_id, number(night, TOTAL), number(night, FEEDS)) == (1, 1800, 1800)
    with open_night(tmp_path) as night:
        assert (night.snapshot_id, number(night, TOTAL), number(night, FEEDS)) == (5, 9000, 9000)
        assert night.label == "night of 2005-07-02 04:00 UTC, snapshot 5"


def test_a_folder_swept_before_its_file_is_opened_is_no_error(tmp_path, monkeypatch):
    new = publish(tmp_path, FIRST + timedelta(days=1), scale=5)
    old = publish(tmp_path, FIRST, scale=1)
    connect, tried = duckdb.connect, []

    def swept(path, **named):
        tried.append(path.parent)
        if path.parent == old:
            point(tmp_path, new)
            shutil.rmtree(old)
        return connect(path, **named)

    monkeypatch.setattr(duckdb, "connect", swept)
    with open_night(tmp_path) as night:
        assert night.snapshot_id == 5
    assert tried == [old, new]


def test_readers_of_a_busy_lake_see_whole_nights(tmp_path):
    nights = [publish(tmp_path, FIRST + timedelta(days=n), scale=n + 1) for n in range(3)]
    ended = threading.Event()

    def swap():
        turn = 0
        while not ended.is_set():
            point(tmp_path, nights[turn % 3])
            turn += 1
            time.sleep(0.001)

    swapper = threading.Thread(target=swap)
    swapper.start()
    try:
        for _ in range(40):
            with open_night(tmp_path) as night:
                scale = night.snapshot_id
                assert (number(night, TOTAL), number(night, FEEDS)) == (1800 * scale, 1800 * scale)
    finally:
        ended.set()
        swapper.join()


def test_nothing_published_is_said(tmp_path):
    with pytest.raises(NothingPublished, match="Nothing is published"), open_night(tmp_path):
        pass


@pytest.mark.parametrize("content", [b"", b"not a database" * 400])
def test_a_damaged_publication_is_said(tmp_path, content):
    folder = publish(tmp_path, FIRST)
    (folder / "marts.duckdb").write_bytes(content)
    with pytest.raises(NothingPublished, match=r"marts\.duckdb"), open_night(tmp_path):
        pass


def test_marts_of_an_older_version_are_named(tmp_path):
    publish(tmp_path, FIRST, without=("mart_months",))
    with open_night(tmp_path) as night:
        with pytest.raises(TablesMissing, match="mart_months"):
            night.ask(TOTAL)
        with pytest.raises(TablesMissing, match="mart_volume_monthly"):
            night.ask(Query(("mart_volume_monthly",), "SELECT no_such_column FROM mart_volume_monthly"))


def test_no_other_file_can_be_read_through_it(tmp_path):
    publish(tmp_path, FIRST)
    (tmp_path / "secret.csv").write_text("a\n1\n")
    with open_night(tmp_path) as night, pytest.raises(duckdb.PermissionException):
        night.ask(Query((), f"SELECT * FROM read_csv('{tmp_path}/secret.csv')"))


def test_the_publication_by_hand_has_the_columns_of_the_reference():
    assert "message_count BIGINT" in schemas()["mart_volume_monthly"]
    assert "feeds VARCHAR[]" in schemas()["mart_campaigns_monthly"]
    assert len(schemas()) >= 20


@pytest.mark.parametrize(
    ("report", "is_there"),
    [
        ("gates/run-1/index.html", True),
        ("gates/run-2/index.html", False),
        ("../secret.html", False),
        ("gates/../../secret.html", False),
        ("/etc/hostname", False),
        ("gates/run-1", False),
        ("gates/run-1/away.html", False),
        ("gates/run-1/notes.txt", False),
        ("x" * 5000, False),
        ("a\0b", False),
        (None, False),
        ("", False),
    ],
)
def test_only_reports_of_the_lake_are_handed_out(tmp_path, report, is_there):
    folder = tmp_path / "reports" / "gates" / "run-1"
    folder.mkdir(parents=True)
    for path in (folder / "index.html", folder / "notes.txt", tmp_path / "secret.html"):
        path.write_text("x")
    (folder / "away.html").symlink_to(tmp_path / "secret.html")
    assert (reports.find(tmp_path, report) is not None) == is_there
