"""`make run`: a simulated year of spam, the real DAGs over it, and what was found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from transforms import commands, console
from transforms.lake import Lake
from transforms.operate.fill import Range, fill
from transforms.reading import published_tables
from transforms.settings import Settings
from transforms.status import overview
from transforms.steps.documenting import PAGE, document

YEAR = Range("ingest_monthly", date(2004, 7, 1), date(2005, 6, 30))
WEEK = Range("ingest_daily", date(2005, 6, 1), date(2005, 6, 7))
SEED = 1

_VOLUME = """
    PIVOT (SELECT strftime(month, '%Y-%m') || CASE month_state WHEN 'closed' THEN '' ELSE ' (' || month_state || ')' END
        AS month, feed, message_count FROM mart_volume_monthly)
    ON feed USING sum(message_count) GROUP BY month ORDER BY month
"""


def demo(folder: Path) -> int:
    """Simulate, run, describe and show, each only if it is still to be done; 0 when nothing is held."""
    settings = Settings(folder / "lake", folder / "feeds" / "feeds.toml")
    if not settings.feeds.exists():
        console.out.print("[bold]1[/] simulate a year of three traps")
        commands.simulate(folder / "feeds", "year", SEED, None)
    console.out.print("[bold]2[/] run the DAGs: a backfill of twelve monthly archives, a week of nightly files")
    runs = fill(settings, folder / "airflow", [YEAR, WEEK], console.out)
    if not (settings.lake / "reports" / PAGE).exists():
        with console.out.status("dbt describes the marts"):
            document(settings)
    console.out.print("[bold]3[/] what was found")
    failed = [run for run in runs if run.state == "failed"]
    _show(settings)
    return 1 if failed or overview(settings).has_held else 0


def _show(settings: Settings) -> None:
    with published_tables(Lake(settings.lake)) as con:
        months = con.execute(_VOLUME)
        console.table("Messages a month", [name for name, *_ in months.description], months.fetchall())
    seen = overview(settings)
    console.tables(seen.tables)
    reports = settings.lake / "reports"
    lines = [
        *seen.lines,
        "",
        f"published tables  {settings.lake}/published/marts.duckdb, and Parquet beside it",
        f"gate reports      {reports}/gates/index.html",
        f"marts described   {reports}/{PAGE}; raw tables: docs/reference/raw_tables.md",
        f"the truth         {settings.feeds.parent}/truth/*.parquet",
        "",
        "Try next:",
        f"  export SPAMLEDGER_LAKE={settings.lake} SPAMLEDGER_FEEDS={settings.feeds} PATH=$PWD/.venv/bin:$PATH",
        "  spamledger sql - < docs/cookbook/spam_by_month.sql",
        "  spamledger sql                                        a shell; \\d lists the tables",
        "  spamledger verify",
        "  then name your own feed in feeds.toml: see README.md",
    ]
    for line in lines:
        console.out.print(line, highlight=False, soft_wrap=True, markup=False)
