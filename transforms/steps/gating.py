"""The gate before the lake: staged rows are judged, and the verdict is written beside them."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from expectations.batch import Batch as Judged
from expectations.gate import judge_staged
from expectations.verdict import Verdict
from transforms import interruption
from transforms.clock import now
from transforms.settings import Settings
from transforms.steps.batch import Batch
from transforms.tables import GATE_RESULTS

PAST_PERIODS = 28


def gate(settings: Settings, feed: str, load_date: date) -> dict:
    """Judge the staged batch; if it fails and has several loads, judge each alone.

    Returns the loads that `passed` and that are `held`, and the `reports`. Changes nothing in the lake.
    """
    batch = Batch.of(settings, feed, load_date)
    with batch.lock():
        if not batch.staging.exists():
            return {"passed": [], "held": [], "reports": []}
        load_ids = [load["load_id"] for load in batch.loads("landed", "held", "published")]
        staged = pq.read_table(batch.staging / "loads", columns=["load_id"]).column(0).to_pylist()
        load_ids = [load_id for load_id in load_ids if load_id in staged]
        verdict = _judge(batch, load_ids)
        verdicts = [verdict]
        held = load_ids if verdict.is_held else []
        if held and len(load_ids) > 1:
            alone = {load_id: _judge(batch, [load_id]) for load_id in load_ids}
            verdicts += alone.values()
            held = [load_id for load_id, single in alone.items() if single.is_held]
        rows = [row for each in verdicts for row in each.results]
        reports = [each.report for each in verdicts if each.report]
        passed = [load_id for load_id in load_ids if load_id not in held]
        return write_verdict(batch.staging, passed, held, reports, rows)


def _judge(batch: Batch, load_ids: list[str]):
    feed = batch.feed
    days = (batch.period.last_date - batch.load_date).days + 1
    judged = Judged(
        feed=feed.name,
        load_date=batch.load_date,
        last_date=batch.period.last_date,
        load_ids=tuple(load_ids),
        late_days=feed.late_days,
        is_dated=feed.cadence != "undated",
        expected_count=feed.expected_daily * days if feed.expected_daily is not None else None,
        past_counts=_past_counts(batch),
        pulled_at=now(),
    )
    verdict = judge_staged(batch.staging, judged, batch.lake.reports)
    interruption.check()
    return verdict


def _past_counts(batch: Batch) -> list[int]:
    """Messages of the feed's last periods before this one, newest first."""
    with batch.lake.read() as con:
        rows = con.execute(
            "SELECT sum(parsed_count)::BIGINT FROM loads WHERE feed = ? AND load_date < ? AND status = 'published' "
            f"GROUP BY load_date ORDER BY load_date DESC LIMIT {PAST_PERIODS}",
            [batch.feed.name, batch.load_date],
        ).fetchall()
    return [count for (count,) in rows]


def gate_rows(results: list[dict]) -> pa.Table:
    """Verdicts as rows of `gate_results`."""
    return pa.Table.from_pylist(results, schema=GATE_RESULTS.schema)


def keep_verdict(con: duckdb.DuckDBPyConnection, verdict: Verdict) -> None:
    """Insert a verdict into `gate_results`."""
    con.register("verdicts", gate_rows(verdict.results))
    con.execute("INSERT INTO gate_results SELECT * FROM verdicts")


def write_verdict(staging: Path, passed: list[str], held: list[str], reports: list[str], rows: list[dict]) -> dict:
    """Leave a verdict for `commit`: which loads to commit, which to hold, and its rows for `gate_results`."""
    summary = {"passed": passed, "held": held, "reports": reports}
    pq.write_table(gate_rows(rows), staging / "gate_results.parquet")
    part = staging / "verdict.part"
    part.write_text(json.dumps(summary, indent=2))
    os.replace(part, staging / "verdict.json")
    return summary
