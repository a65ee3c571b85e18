"""Station 4: dbt rebuilds the marts of the months that changed, and the result is copied out to be judged.

The writer's lock is held from the first event to the copy, so that nothing is committed between the marts and the
totals that they are compared with.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from transforms.catalogue import Feed, load_catalogue
from transforms.clock import now
from transforms.lake import THREADS_VARIABLE, Lake, quoted, snapshot_id
from transforms.settings import Settings
from transforms.steps import months
from transforms.tables import FEEDS

PROJECT = Path(__file__).parents[2] / "dbt_project"
MART_SCHEMA = "marts"
ONE_THREAD_MESSAGES = 250_000
"""Up to so many messages dbt computes with one thread: DuckDB hands out rows by the 122,880, and threads that find none
wait for each other, at the cost of twice the processor time.
"""

_STATE = """
    SELECT (SELECT (count(*), max(pulled_at)) FROM deliveries),
        (SELECT list((load_id, status, committed_at) ORDER BY load_id) FROM loads),
        (SELECT max(event_id) FROM month_events WHERE event <> 'built'),
        (SELECT list(f ORDER BY feed) FROM feeds f),
        (SELECT max(grouped_at) FROM grouped_loads),
        (SELECT (count(*), max(joined_at)) FROM ring_members),
        (SELECT (count(*), max(concluded_at)) FROM concluded_loads)
"""


class BuildFailed(Exception):
    """dbt did not build the marts; the message holds the end of what it printed."""


def build(settings: Settings, as_of: date | None = None, is_full: bool = False) -> dict:
    """Rebuild the marts of changed months, or `is_full` of all, and copy all marts to the candidates folder.

    `as_of` is the day up to which feeds have been pulled (default: the last day that any delivery covers); it decides
    which months close. Returns the months rebuilt (`months`), `closed`, and whether anything `changed`.
    """
    lake = Lake(settings.lake)
    lake.create()
    feeds = load_catalogue(settings.feeds)
    with lake.lock("build"):
        with lake.write() as con:
            _write_feeds(con, feeds)
            closed = months.to_close(con, feeds, as_of or _data_clock(con, feeds))
            months.record(con, closed, "closed", now())
        with lake.lock("writer") as held:
            with lake.attached() as con:
                state, changed = _state(con), months.dirty(con)
                if is_full:
                    changed = months.known(con)
            if state == candidate_state(lake).get("state") and not is_full:
                return {"months": [], "closed": [], "changed": False}
            options = ["--full-refresh"] if is_full else []
            run_dbt(lake, held, changed, "build", "--exclude-resource-type", "unit_test", *options)
            with lake.attached() as con:
                months.record(con, changed, "built", now())
                _copy_candidates(lake, con, state)
    return {"months": _texts(changed), "closed": _texts(closed), "changed": True}


def run_dbt(lake: Lake, lock: int, changed: list[date], *arguments: str) -> None:
    """Run dbt on the lake as a process of its own: in this one it would keep its connection open.

    It runs in the lake's folder, where its profile looks for the lake. Its incremental models recompute the changed
    months, and only these.
    dbt shares the writer's lock: if this process is killed, the next writer waits until dbt is done too.
    """
    environment = os.environ | {
        "SPAMLEDGER_MONTHS": ",".join(_texts(changed)),
        THREADS_VARIABLE: os.environ[THREADS_VARIABLE] if THREADS_VARIABLE in os.environ else _threads(lake),
        "DBT_TARGET_PATH": str(dbt_target(lake)),
        "DBT_LOG_PATH": str(lake.root / "dbt" / "logs"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    command = [sys.executable, "-P", "-m", "dbt.cli.main", *arguments, "--no-use-colors"]  # -P: no module of the lake's
    command += ["--project-dir", PROJECT, "--profiles-dir", PROJECT]
    quiet = {"capture_output": True, "text": True, "check": False}
    done = subprocess.run(command, env=environment, cwd=lake.root, pass_fds=[lock], **quiet)
    if done.returncode:
        raise BuildFailed(f"dbt {arguments[0]} failed; its log is {lake.root}/dbt/logs/dbt.log\n{done.stdout[-4000:]}")


def _threads(lake: Lake) -> str:
    """How many threads of DuckDB serve a build; empty for as many as there are processors."""
    with lake.read() as con:
        (count,) = con.execute("SELECT coalesce(sum(parsed_count), 0) FROM loads WHERE status = 'published'").fetchone()
    return "1" if count <= ONE_THREAD_MESSAGES else ""


def dbt_target(lake: Lake) -> Path:
    """Where dbt keeps what it read of the project: DBT_TARGET_PATH, else a folder of the lake."""
    return Path(os.environ.get("DBT_TARGET_PATH", lake.root / "dbt" / "target")).absolute()


def _write_feeds(con: duckdb.DuckDBPyConnection, feeds: dict[str, Feed]) -> None:
    rows = [
        {
            "feed": feed.name,
            "description": feed.description,
            "url": feed.public_url,
            "format": feed.format,
            "licence": feed.licence,
            "cadence": feed.cadence,
            "trusted_hosts": list(feed.trusted_hosts),
            "expected_daily_count": feed.expected_daily,
            "late_days": feed.late_days,
            "is_enabled": feed.enabled,
        }
        for feed in feeds.values()
    ]
    con.register("catalogue", pa.Table.from_pylist(rows, schema=FEEDS.schema))
    stale = con.execute(
        "SELECT count(*) FROM ((FROM feeds EXCEPT FROM catalogue) UNION ALL (FROM catalogue EXCEPT FROM feeds))"
    )
    if stale.fetchone()[0]:
        con.execute("DELETE FROM feeds")
        con.execute("INSERT INTO feeds SELECT * FROM catalogue")


def _data_clock(con: duckdb.DuckDBPyConnection, feeds: dict[str, Feed]) -> date:
    """The last day that pulls have covered: of a period that brought nothing, its first; never one after the pull."""
    rows = con.execute(
        "SELECT feed, max(load_date), outcome = 'absent', max(pulled_at)::DATE FROM deliveries GROUP BY ALL"
    ).fetchall()
    ends = [
        min(load_date if is_absent else months.last_day(feeds, feed, load_date), pulled_on)
        for feed, load_date, is_absent, pulled_on in rows
    ]
    return max(ends, default=date.min)


def _state(con: duckdb.DuckDBPyConnection) -> str:
    """A digest of all that the marts are made from."""
    return hashlib.sha256(repr(con.execute(_STATE).fetchone()).encode()).hexdigest()


def candidate_state(lake: Lake) -> dict:
    """What the candidates were made from, `state` and `snapshot_id`; empty when there are none."""
    path = lake.candidates / "state.json"
    return json.loads(path.read_text()) if path.exists() else {}


def _copy_candidates(lake: Lake, con: duckdb.DuckDBPyConnection, state: str) -> None:
    """Copy the marts, and the totals to hold against them, as they stand at this moment."""
    part = lake.candidates.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    names = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'lake' AND schema_name = ?", [MART_SCHEMA]
    ).fetchall()
    for (name,) in names:
        place = quoted(f"{part}/{name}.parquet")
        con.execute(f"COPY (FROM lake.{MART_SCHEMA}.{name} ORDER BY ALL) TO {place} (COMPRESSION zstd)")
    con.execute(
        "COPY (SELECT feed, date_trunc('month', captured_at)::DATE AS month, count(*) AS message_count "
        f"FROM messages GROUP BY ALL ORDER BY ALL) TO {quoted(f'{part}/message_totals.parquet')}"
    )
    (part / "state.json").write_text(json.dumps({"state": state, "snapshot_id": snapshot_id(con)}))
    shutil.rmtree(lake.candidates, ignore_errors=True)
    os.replace(part, lake.candidates)


def _texts(days: list[date]) -> list[str]:
    return [day.isoformat() for day in days]
