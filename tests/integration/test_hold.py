"""Each gate stops what it must: the load is held, yesterday stays readable, and the repaired load passes."""

from __future__ import annotations

import gzip
import shutil
from datetime import date, datetime

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from tests.mail import day_of_mail, mbox, message, write_day
from transforms import steps
from transforms.lake import Lake
from transforms.reading import published_tables
from transforms.steps.releasing import NotHeld, release
from transforms.steps.verifying import verify

D1, D2 = date(2005, 3, 1), date(2005, 3, 2)


def rewrite(folder, change) -> None:
    """Change the rows of a staged table in place."""
    table = change(pq.read_table(folder))
    for path in folder.glob("*.parquet"):
        path.unlink()
    pq.write_table(table, folder / "changed.parquet")


def set_column(name: str, value):
    def change(table):
        column = [value, *table[name].to_pylist()[1:]]
        place = table.schema.get_field_index(name)
        return table.set_column(place, table.schema.field(name), [column])

    return change


CORRUPTIONS = {
    "a row lost": ("messages", lambda table: table.slice(1)),
    "a row twice": ("messages", lambda table: table.take([0, *range(table.num_rows)])),
    "a key twice": ("messages", lambda table: set_column("message_key", table["message_key"][1].as_py())(table)),
    "a number out of range": ("messages", set_column("message_bytes", -1)),
    "a word outside the vocabulary": ("messages", set_column("captured_at_source", "guess")),
    "a child without its message": ("urls", set_column("message_key", "0" * 32)),
    "a child lost": ("received_hops", lambda table: table.slice(1)),
    "a column gone": ("messages", lambda table: table.drop_columns(["subject"])),
    "a capture from the future": ("messages", lambda table: all_captured(table, datetime(2099, 1, 1))),
    "captures outside the window": ("messages", lambda table: all_captured(table, datetime(2005, 1, 1))),
    "a reject from nowhere": ("loads", set_column("found_count", 31)),
}


def all_captured(table, at):
    place = table.schema.get_field_index("captured_at")
    return table.set_column(place, table.schema.field("captured_at"), [[at] * table.num_rows])


def readable(made) -> int:
    with published_tables(Lake(made.settings.lake)) as con:
        return con.execute("select count(*) from messages").fetchone()[0]


def test_every_corruption_of_staged_rows_holds_the_load(published_trap):
    made = published_trap
    steps.land(made.settings, "trap", D2)
    steps.parse(made.settings, "trap", D2)
    staging, whole = made.lake.staging("trap", D2), made.folder / "whole"
    shutil.copytree(staging, whole)
    for name, (table, change) in CORRUPTIONS.items():
        shutil.rmtree(staging, ignore_errors=True)
        shutil.copytree(whole, staging)
        rewrite(staging / table, change)
        assert steps.gate(made.settings, "trap", D2)["held"], name
        assert steps.commit(made.settings, "trap", D2)["held"], name
        assert made.rows("select count(*) from messages") == [(30,)], name
        assert readable(made) == 30, name
        assert made.rows("select status from loads order by load_date") == [("published",), ("held",)], name
    assert readable(made) == 30
    failed = made.rows(
        "select count(distinct gate_run_id) from gate_results where not is_success and severity = 'critical'"
    )
    assert failed == [(len(CORRUPTIONS),)]
    assert made.judged("trap", D2)["held"] == []
    assert made.rows("select count(*) from messages") == [(60,)]


def test_the_run_is_red_while_a_load_is_held_and_green_once_it_is_repaired(published_trap, tmp_path):
    made = published_trap
    whole = (tmp_path / "trap" / f"{D2}.mbox.gz").read_bytes()
    (tmp_path / "trap" / f"{D2}.mbox.gz").write_bytes(whole[: len(whole) // 2])
    report = made.run(D2, D2)
    assert report.exit_code == 1
    assert len(report.held) == 1
    assert (made.lake.reports / report.reports[0]).exists()
    assert readable(made) == 30
    assert "is held by its gate" in verify(made.settings)["notes"][0]
    assert verify(made.settings)["findings"] == []
    assert made.run(D2, D2).exit_code == 1
    (tmp_path / "trap" / f"{D2}.mbox.gz").write_bytes(whole)
    assert made.run(D2, D2).exit_code == 0
    assert made.rows("select status, count(*) from loads group by all order by all") == [
        ("published", 2),
        ("superseded", 1),
    ]
    assert readable(made) == 60


def test_one_broken_file_does_not_hold_its_neighbours(world, tmp_path):
    made = world(trap={"url": "trap/{date}-*.gz", "format": "mbox"})
    folder = tmp_path / "trap"
    folder.mkdir()
    for n in range(3):
        packed = gzip.compress(mbox(day_of_mail(D1, 5, first=10 * n)), mtime=0)
        (folder / f"{D1}-{n}.gz").write_bytes(packed if n != 1 else packed[:-12])
    done = made.stations("trap", D1)
    assert (len(done["published"]), len(done["held"])) == (2, 1)
    assert made.rows("select name, status from loads order by name") == [
        (f"{D1}-0.gz", "published"),
        (f"{D1}-1.gz", "held"),
        (f"{D1}-2.gz", "published"),
    ]
    assert made.rows("select count(*) from messages") == [(10,)]


def test_a_held_load_is_released_with_its_reason_on_record(trap, tmp_path):
    made = trap
    whole = (tmp_path / "trap" / f"{D2}.mbox.gz").read_bytes()
    (tmp_path / "trap" / f"{D2}.mbox.gz").write_bytes(whole[:-12])
    (load_id,) = made.stations("trap", D2)["held"]
    with pytest.raises(NotHeld, match=load_id):
        release(made.settings, "trap-0", "no such load")
    assert release(made.settings, load_id, "the archive ends there")["published"] == [load_id]
    assert made.rows("select reason from rejects") == [("container_truncated",)]
    assert made.rows("select observed from gate_results where gate = 'release'") == [("the archive ends there",)]
    assert verify(made.settings)["findings"] == []


def test_marts_that_do_not_add_up_are_not_published(published_trap):
    made = published_trap
    made.stations("trap", D2)
    steps.build(made.settings)
    mart = made.lake.candidates / "mart_volume_monthly.parquet"
    whole = mart.read_bytes()
    table = pq.read_table(mart)
    place = table.schema.get_field_index("message_count")
    wrong = table.set_column(place, table.schema.field(place), pc.subtract(table["message_count"], 1))
    pq.write_table(wrong, mart)
    assert steps.publish(made.settings)["is_held"]
    assert readable(made) == 30
    mart.write_bytes(whole)
    assert not steps.publish(made.settings)["is_held"]
    assert readable(made) == 60


@pytest.mark.parametrize("junk_count", [1, 40])
def test_a_file_of_which_most_is_no_mail_is_held_until_it_is_repaired(trap, tmp_path, junk_count):
    """At most half of a file may be rejected; a small one must hold one message at least."""
    made = trap
    path = tmp_path / "trap" / f"{D2}.mbox.gz"
    whole = path.read_bytes()
    mail = day_of_mail(D2, 0 if junk_count == 1 else 10)
    path.write_bytes(gzip.compress(mbox([*mail, *[b"no header %d\n" % n for n in range(junk_count)]])))
    assert made.stations("trap", D2)["published"] == []
    assert made.rows("select count(*) from messages") == [(0,)]
    failed = made.rows(
        "select distinct expectation from gate_results where not is_success and severity = 'critical' order by 1"
    )
    share, nothing = "at most half is rejected, duplicates aside", "some message of the file was read"
    assert failed == [(nothing,) if junk_count == 1 else (share,)]
    path.write_bytes(whole)
    assert made.stations("trap", D2)["held"] == []
    assert made.rows("select count(*) from messages") == [(30,)]


def test_a_night_unlike_the_feeds_past_is_published_with_a_warning(world, tmp_path):
    made = world(trap={"url": "trap/{date}.mbox.gz"})
    days = [date(2005, 3, n) for n in range(1, 6)]
    for n, day in enumerate(days):
        write_day(tmp_path / "trap", day, day_of_mail(day, 200 if n == 4 else 20, first=1000 * n))
    made.nights(*days)
    assert made.rows("select load_date, expectation from gate_results where not is_success") == [
        (days[4], "as much mail as in the feed's past")
    ]
    assert made.rows("select count(*) from messages") == [(280,)]


def test_volume_out_of_the_ordinary_is_published_with_a_warning(world, tmp_path):
    made = world(trap={"url": "trap/{date}.mbox.gz", "expected_daily": 400})
    write_day(tmp_path / "trap", D1, day_of_mail(D1, 5))
    assert made.stations("trap", D1)["held"] == []
    warnings = made.rows("select expectation from gate_results where not is_success and severity = 'warning'")
    assert len(warnings) == 1


def test_a_late_message_inside_the_declared_lateness_passes(world, tmp_path):
    made = world(trap={"url": "trap/{date}.mbox.gz", "late_days": 3})
    write_day(tmp_path / "trap", D2, [message(n, datetime(2005, 2, 28, 5, n)) for n in range(5)])
    assert made.stations("trap", D2)["held"] == []
    assert made.rows("select distinct captured_at::date from messages") == [(date(2005, 2, 28),)]
