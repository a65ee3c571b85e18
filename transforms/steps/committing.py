"""The door of the lake: one transaction commits the rows of a batch that passed, and holds the rest."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from transforms import steps
from transforms.clock import now
from transforms.lake import parquet
from transforms.settings import Settings
from transforms.steps import months
from transforms.steps.batch import Batch
from transforms.tables import FACTS, TABLES

MOST_TRIES = 3


class StagedRowsStale(Exception):
    """What is a redelivery has changed since these rows were staged; `held` loads are out of it."""

    def __init__(self, why: str, held: Sequence[str] = ()):
        super().__init__(f"{why}; run `spamledger parse` and `gate` for the period again")
        self.held = held


def commit(settings: Settings, feed: str, load_date: date) -> dict:
    """Carry out the gate's verdict on the staged batch.

    Returns the `published` and `held` load ids. Staged rows of held loads stay where they are, for a look, unless rows
    have to be staged and judged anew: because a load of another batch committed some of the same messages meanwhile,
    or because messages were set aside as redeliveries of a load that is held now. Nothing gives way to what does not
    count.
    """
    held: list[str] = []
    reports: list[str] = []
    tries_left = MOST_TRIES
    while True:
        try:
            done = _commit(settings, feed, load_date, reports)
            return done | {"held": held + done["held"], "reports": reports}
        except StagedRowsStale as stale:
            tries_left -= 1
            if not tries_left:
                raise
            held += stale.held
            steps.parse(settings, feed, load_date, without=held)
            steps.gate(settings, feed, load_date)


def _commit(settings: Settings, feed: str, load_date: date, reports: list[str]) -> dict:
    batch = Batch.of(settings, feed, load_date)
    with batch.lock():
        verdict = batch.staging / "verdict.json"
        if not verdict.exists():
            return {"published": [], "held": []}
        said = json.loads(verdict.read_text())
        passed, held = said["passed"], said["held"]
        reports += said["reports"]
        with batch.lake.write() as con:
            is_stale = bool(held) and _give_way(con, batch, passed, held)
            _Transaction(con, batch, [] if is_stale else passed, held).run()
        if held:
            verdict.unlink()
        else:
            shutil.rmtree(batch.staging)
    if is_stale:
        raise StagedRowsStale(f"messages were set aside as redeliveries of {held}, now held", held)
    return {"published": passed, "held": held}


def _give_way(con: duckdb.DuckDBPyConnection, batch: Batch, passed: list[str], held: list[str]) -> bool:
    """Whether messages of a load that passed are staged as redeliveries of one that did not."""
    found = con.execute(
        f"SELECT count(*) FROM {parquet(batch.staging / 'rejects')} WHERE list_contains($passed, load_id) "
        "AND reason = 'duplicate' AND list_contains($held, string_split(detail, ' of ')[-1])",
        {"passed": passed, "held": held},
    )
    return found.fetchone()[0] > 0


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
        self.con.execute(f"INSERT INTO gate_results FROM {parquet(self.batch.staging / 'gate_results.parquet')}")

    def _published_before(self) -> list[str]:
        rows = self.con.execute(
            "SELECT load_id FROM loads WHERE list_contains(?, load_id) AND status = 'published'", [self.passed]
        ).fetchall()
        return [load_id for (load_id,) in rows]

    def _staged(self, table: str) -> str:
        """Staged rows of the loads that passed, but for those of redeliveries."""
        repeats = self.batch.staging / "repeats.parquet"
        is_with_repeats = repeats.exists() and "message_key" in TABLES[table].schema.names
        rows = f"{parquet(self.batch.staging / table)} AS staged"
        if is_with_repeats:
            rows += f" ANTI JOIN {parquet(repeats)} AS repeats USING (message_key, load_id)"
        return f"(SELECT * FROM {rows} WHERE list_contains($passed, load_id))"

    def _touched_months(self, replaced: list[str]) -> list[date]:
        """Months of the messages that come and go, and of the period: its rejects and its silence count, too."""
        period = self.batch.period
        rows = self.con.execute(
            f"SELECT DISTINCT date_trunc('month', captured_at)::DATE FROM {self._staged('messages')} "
            "UNION SELECT DISTINCT date_trunc('month', captured_at)::DATE FROM messages "
            "WHERE list_contains($replaced, load_id) "
            "UNION SELECT unnest(range(date_trunc('month', $first::DATE), $last::DATE + 1, INTERVAL 1 MONTH))::DATE "
            "WHERE len($passed) > 0 ORDER BY 1",
            {"passed": self.passed, "replaced": replaced, "first": period.load_date, "last": period.last_date},
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
                f"{self.batch.staging}: {collisions} staged messages were committed by {example} meanwhile"
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
            "UPDATE loads SET format = s.format, found_count = s.found_count, parsed_count = s.parsed_count, "
            "rejected_count = s.rejected_count, parser_version = s.parser_version, "
            "status = CASE WHEN list_contains($passed, s.load_id) THEN 'published' ELSE 'held' END, "
            "is_late = $is_late AND list_contains($passed, s.load_id), "
            "committed_at = CASE WHEN list_contains($passed, s.load_id) THEN $at::TIMESTAMP END "
            f"FROM {parquet(self.batch.staging / 'loads')} s "
            "WHERE loads.load_id = s.load_id AND (list_contains($passed, s.load_id) "
            "OR list_contains($held, s.load_id) AND loads.status <> 'published')",
            {"passed": self.passed, "held": self.held, "at": at, "is_late": is_late},
        )
