"""The whole of Airflow, with a real scheduler: a backfill of three days, twice."""

from __future__ import annotations

import shutil
from datetime import date

import psutil
import pytest
from rich.console import Console

from tests.mail import day_of_mail, feeds_toml, write_day
from transforms.lake import Lake
from transforms.operate.fill import Range, fill
from transforms.reading import published_tables
from transforms.settings import Settings

DAYS = [date(2005, 3, 1), date(2005, 3, 2), date(2005, 3, 3)]
FACTS = ("messages", "received_hops", "urls", "attachments", "rejects")


@pytest.fixture
def two_traps(tmp_path, monkeypatch) -> Settings:
    """Two daily feeds; the second day of each brings a message of the first again."""
    monkeypatch.setenv("SPAMLEDGER_HASH_KEY", "a key for tests")
    for place, name in enumerate(("trap-a", "trap-b")):
        again = day_of_mail(DAYS[0], 1, first=1000 * place)
        for n, day in enumerate(DAYS):
            mail = day_of_mail(day, 30, first=1000 * place + 100 * n)
            write_day(tmp_path / name, day, mail + again * (n == 1))
    catalogue = feeds_toml(
        tmp_path, **{name: {"url": f"{name}/{{date}}.mbox.gz", "late_days": 3} for name in ("trap-a", "trap-b")}
    )
    return Settings(tmp_path / "lake", catalogue)


def tables(settings: Settings) -> dict[str, list[tuple]]:
    """All rows that mail became, and the monthly mart as readers see it."""
    lake = Lake(settings.lake)
    with lake.read() as con:
        rows = {name: con.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in FACTS}
    with published_tables(lake) as con:
        rows["volume"] = con.execute("FROM mart_volume_monthly ORDER BY ALL").fetchall()
    return rows


@pytest.mark.slow
def test_a_backfill_twice_is_the_same_as_once(two_traps, tmp_path):
    console, home = Console(quiet=True), tmp_path / "airflow"
    ranges = [Range("ingest_daily", DAYS[0], DAYS[-1])]

    runs = fill(two_traps, home, ranges, console)
    assert {run.state for run in runs} == {"success"}
    assert sorted(run.key for run in runs if run.dag_id == "ingest_daily") == [day.isoformat() for day in DAYS]
    assert {run.key for run in runs if run.dag_id == "build_marts"} == {"2005-03"}
    once = tables(two_traps)
    assert len(once["messages"]) == 180
    assert len(once["rejects"]) == 2

    assert fill(two_traps, home, ranges, console) == runs
    shutil.rmtree(home)
    again = fill(two_traps, home, ranges, console)
    assert {run.state for run in again} == {"success"}
    assert tables(two_traps) == once
    assert not [process for process in psutil.process_iter(["cwd"]) if process.info["cwd"] == str(home)]
