"""Which months are rebuilt, close, and stay open."""

from __future__ import annotations

from datetime import date

import pytest

from tests.mail import day_of_mail, mbox, write_day
from transforms import steps
from transforms.settings import SettingWrong
from transforms.steps import building, running
from transforms.steps.maintaining import RETENTION_VARIABLE

D1, D2 = date(2005, 2, 27), date(2005, 2, 28)
MARCH = date(2005, 3, 1)
SECOND, THIRD = date(2005, 3, 2), date(2005, 3, 3)
"""Days of the feed `trap` whose first day is published."""


def closed(made) -> list[date]:
    return [
        month for (month,) in made.rows("select distinct month from month_events where event = 'closed' order by 1")
    ]


def published(made, sql: str) -> list[tuple]:
    from transforms.reading import published_tables

    with published_tables(made.lake) as con:
        return con.execute(sql).fetchall()


def test_a_feed_of_longer_cadence_does_not_hurry_the_lateness_of_another(world, tmp_path, monkeypatch):
    monkeypatch.setattr(building, "run_dbt", lambda *_: None)
    made = world(
        trap={"url": "trap/{date}.mbox.gz", "late_days": 10}, monthly={"url": "monthly/{year}-{month}.mbox.gz"}
    )
    (tmp_path / "monthly").mkdir()
    for day in (D1, D2, MARCH):
        write_day(tmp_path / "trap", day, day_of_mail(day, 3))
    for feed, day in running.due(made.settings, D1, MARCH):
        made.stations(feed.name, day)
    assert steps.build(made.settings)["closed"] == closed(made) == []
    assert steps.build(made.settings, as_of=date(2005, 3, 10))["closed"] == [f"{D1:%Y-%m}-01"]


def test_a_yearly_archive_has_a_row_for_each_month_and_closes_none_while_it_is_held(world, tmp_path, monkeypatch):
    made = world(trap={"url": "trap/{year}.mbox"})
    folder = tmp_path / "trap"
    folder.mkdir()
    mail = [*day_of_mail(date(2004, 1, 5), 3), *day_of_mail(date(2004, 11, 5), 2, first=10)]
    (folder / "2004.mbox").write_bytes(mbox(mail))
    assert made.run(date(2004, 1, 1), date(2004, 12, 31)).exit_code == 0
    counts = published(made, "select month(month), message_count from mart_volume_monthly order by 1")
    assert counts == [(month, {1: 3, 11: 2}.get(month, 0)) for month in range(1, 13)]
    pages = {path.name for path in (made.lake.reports / "months").glob("*-r1.html")}
    assert pages == {f"{month:%Y-%m}-r1.html" for month in closed(made)}
    (folder / "2005.mbox").write_bytes(b"\x1f\x8b" + bytes(100))
    assert made.stations("trap", date(2005, 1, 1))["held"]
    monkeypatch.setattr(building, "run_dbt", lambda *_: None)
    assert steps.build(made.settings)["changed"]
    assert date(2004, 11, 1) in closed(made)
    assert date(2005, 11, 1) not in closed(made)


def test_a_mart_that_went_wrong_is_repaired_by_a_full_build(published_trap):
    made = published_trap
    whole = published(made, "from mart_volume_monthly")
    with made.lake.lock("writer"), made.lake.attached() as con:
        con.execute("UPDATE lake.marts.mart_volume_monthly SET message_count = message_count + 1")
    steps.build(made.settings, is_full=True)
    assert not steps.publish(made.settings)["is_held"]
    assert published(made, "from mart_volume_monthly") == whole
    assert made.run(SECOND, SECOND).exit_code == 0
    assert published(made, "select sum(message_count)::int from mart_volume_monthly") == [(60,)]


def test_upkeep_keeps_the_snapshot_of_marts_that_wait_for_their_gate(published_trap, monkeypatch):
    made = published_trap
    made.nights(SECOND)
    steps.build(made.settings)
    made.nights(THIRD)
    monkeypatch.setenv(RETENTION_VARIABLE, "0")
    steps.maintain(made.settings)
    steps.publish(made.settings)
    assert published(made, "select count(*) from messages") == [(60,)]


@pytest.mark.parametrize("given", ["abc", "-5", ""])
def test_a_retention_that_is_no_number_of_days_is_named(world, monkeypatch, given):
    made = world(trap={"url": "trap/{date}.mbox.gz"})
    monkeypatch.setenv(RETENTION_VARIABLE, given)
    with pytest.raises(SettingWrong, match=RETENTION_VARIABLE):
        steps.maintain(made.settings)


def test_a_small_lake_is_built_by_one_thread(published_trap, monkeypatch):
    assert building._threads(published_trap.lake) == "1"
    monkeypatch.setattr(building, "ONE_THREAD_MESSAGES", 29)
    assert building._threads(published_trap.lake) == ""
