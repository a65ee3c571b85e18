"""The door of the lake: one transaction commits the rows of a batch that passed, and holds the rest."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date

import duckdb

from transforms import steps
from transforms.clock import now
from transforms.lake import parquet
from transforms.settings import Settings
from transforms.steps import months
from transforms.steps.batch import Batch
from transforms.tables import FACTS


class StagedRowsStale(Exception):
    """Another load committed the same messages after these rows were staged: the batch must be parsed again."""


def commit(settings: Settings, feed: str, load_date: date) -> dict:
    """Carry out the gate's verdict on the staged batch.

    Returns the `published` and `held` load ids. Staged rows of held loads stay where they are, for a look. If a load
    of another batch committed some of the same messages since these rows were staged, they are staged and judged anew.
    """
    try:
        return _commit(settings, feed, load_date)
    except StagedRowsStale:
        steps.parse(settings, feed, load_date)
        steps.gate(settings, feed, load_date)
        return _commit(settings, feed, load_date)


def _commit(settings: Settings, feed: str, load_date: date) -> dict:
    batch = Batch.of(settings, feed, load_date)
    with batch.lock():
        verdict = batch.staging / "verdict.json"
        if not verdict.exists():
            return {"published": [], "held": [], "reports": []}
        said = json.loads(verdict.read_text())
        with batch.lake.write() as con:
            _Transaction(con, batch, said["passed"], said["held"]).run()
        if not said["held"]:
            shutil.rmtree(batch.staging)
        else:
            verdict.unlink()
    return {"published": said["passed"], "held": said["held"], "reports": said["reports"]}


@dataclass
class _Transaction:
    """What one commit writes; the caller begins and ends the transaction."""

    con: duckdb.DuckDBPyConnection
    batch: Batch
    passed: list[str]
    held: list[str]

    def run(self) -> None:
        at = now()
        replaced = self._published_before()
        touched = self._touched_months(replaced)
        self._refuse_collisions()
        for table in FACTS:
            if replaced:
                self.con.execute(f"DELETE FROM {table.name} WHERE list_contains(?, load_id)", [replaced])
            self._insert(table)
        reopened = months.record_changes(self.con, touched, self._first_passed(), at)
        self._update_loads(at, bool(reopened))
        self.con.execute(f"INSERT INTO gate_results FROM read_parquet('{self.batch.staging}/gate_results.parquet')")

    def _published_before(self) -> list[str]:
        rows = self.con.execute(
            "SELECT load_id FROM loads WHERE list_contains(?, load_id) AND status = 'published'", [self.passed]
        ).fetchall()
        return [load_id for (load_id,) in rows]

    def _staged(self, table: str) -> str:
        return f"(FROM {parquet(self.batch.staging / table)} WHERE list_contains($passed, load_id))"

    def _touched_months(self, replaced: list[str]) -> list[date]:
        """Months of the messages that come and go, and of the period, whose rejects are counted there."""
        rows = self.con.execute(
            f"SELECT DISTINCT date_trunc('month', captured_at)::DATE FROM {self._staged('messages')} "
            "UNION SELECT DISTINCT date_trunc('month', captured_at)::DATE FROM messages "
            "WHERE list_contains($replaced, load_id) "
            "UNION SELECT date_trunc('month', $load_date::DATE)::DATE WHERE len($passed) > 0 ORDER BY 1",
            {"passed": self.passed, "replaced": replaced, "load_date": self.batch.load_date},
        ).fetchall()
        return [month for (month,) in rows]

    def _refuse_collisions(self) -> None:
        collisions, example = self.con.execute(
            f"SELECT count(*), min(m.load_id) FROM {self._staged('messages')} s JOIN messages m "
            "ON m.feed = s.feed AND m.captured_at = s.captured_at AND m.message_key = s.message_key "
            "AND NOT list_contains($passed, m.load_id)",
            {"passed": self.passed},
        ).fetchone()
        if collisions:
            raise StagedRowsStale(
                f"{self.batch.staging}: {collisions} staged messages were committed by {example} meanwhile; "
                f"run `spamledger parse` and `gate` for {self.batch.feed.name} {self.batch.load_date} again"
            )

    def _insert(self, table) -> None:
        """Insert month by month: one COPY into many partitions would hold them all in memory."""
        staged, order = self._staged(table.name), ", ".join(table.order)
        month = f"date_trunc('month', {table.month_of})"
        rows = self.con.execute(f"SELECT DISTINCT {month} FROM {staged} ORDER BY 1", {"passed": self.passed}).fetchall()
        for (first,) in rows:
            self.con.execute(
                f"INSERT INTO {table.name} BY NAME FROM {staged} WHERE {month} = $month ORDER BY {order}",
                {"passed": self.passed, "month": first},
            )

    def _first_passed(self) -> str | None:
        return self.passed[0] if self.passed else None

    def _update_loads(self, at, is_late: bool) -> None:
        self.con.execute(
            "UPDATE loads SET found_count = s.found_count, parsed_count = s.parsed_count, "
            "rejected_count = s.rejected_count, parser_version = s.parser_version, "
            "status = CASE WHEN list_contains($passed, s.load_id) THEN 'published' ELSE 'held' END, "
            "is_late = $is_late AND list_contains($passed, s.load_id), "
            "committed_at = CASE WHEN list_contains($passed, s.load_id) THEN $at::TIMESTAMP END "
            f"FROM {parquet(self.batch.staging / 'loads')} s "
            "WHERE loads.load_id = s.load_id AND (list_contains($passed, s.load_id) OR loads.status <> 'published')",
            {"passed": self.passed, "at": at, "is_late": is_late},
        )
