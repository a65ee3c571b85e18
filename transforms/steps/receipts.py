"""Receipts of a pull: a row of `loads` for each new file, one of `deliveries` for each that was met."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from transforms.clock import now
from transforms.contracts import Table
from transforms.fetch import Arrival, Member, Seen
from transforms.steps.batch import Batch
from transforms.tables import DELIVERIES, LOADS

Row = dict[str, Any]

_OF_PERIOD = "feed = $feed AND ($is_undated OR load_date = $load_date)"
"""An undated feed shows the same names every night; those of a dated one are of one period."""
_SEEN = f"""
    SELECT name, arg_max(struct_pack(sha256, file_bytes, modified_at, etag), pulled_at) FROM deliveries
    WHERE {_OF_PERIOD} AND load_id IN
        (SELECT load_id FROM loads WHERE feed = $feed AND NOT (is_packed AND status IN ('held', 'superseded')))
    GROUP BY name
"""
_OWNERS = f"""
    SELECT name, sha256, arg_max(load_id, pulled_at) FROM deliveries
    WHERE {_OF_PERIOD} AND list_contains($names, name) AND load_id IS NOT NULL GROUP BY ALL
"""
_SUPERSEDE = f"""
    UPDATE loads SET status = 'superseded'
    WHERE {_OF_PERIOD} AND name = $name AND status = 'held' AND NOT EXISTS (
        SELECT name FROM deliveries WHERE load_id = loads.load_id
        EXCEPT SELECT name FROM deliveries WHERE load_id = $load_id
    )
"""
_ADOPT = """
    UPDATE loads SET load_date = $load_date
    WHERE feed = $feed AND $is_undated AND status = 'landed' AND load_date <> $load_date
"""


def seen(batch: Batch) -> dict[str, Seen]:
    """The newest delivery of each name that the period, or any run of an undated feed, brought.

    Members of a folder that a gate holds count as not seen: a repaired one comes again with all the others.
    """
    with batch.lake.read() as con:
        rows = con.execute(_SEEN, _period(batch)).fetchall()
    return {name: Seen(**last) for name, last in rows}


def write_receipts(batch: Batch, arrivals: list[Arrival]) -> dict:
    """Write the rows of a pull in one transaction; files by `outcomes`, and the `load_ids` of new loads.

    A new version of a file takes the place of one that a gate holds, of which no row was ever committed; a packed
    folder does so only when it holds every member of the held one. What a killed run of an undated feed landed and
    nobody parsed becomes part of this run.
    """
    at = now()
    with batch.lake.write() as con:
        known = _known(con, {_load_id(batch, arrival.sha256) for arrival in arrivals if arrival.sha256})
        loads: dict[str, Row] = {}
        deliveries: list[Row] = []
        for arrival in arrivals:
            load_id = _load_id(batch, arrival.sha256) if arrival.sha256 else None
            outcome = arrival.outcome
            if outcome == "new":
                outcome = "repeated" if load_id in known or load_id in loads else "landed"
            if outcome == "landed":
                loads[load_id] = _load_row(batch, arrival, load_id, at)
            deliveries += _delivery_rows(batch, arrival, outcome, load_id, at)
        _insert(con, DELIVERIES, _new_deliveries(con, batch, deliveries))
        for load in loads.values():
            con.execute(_SUPERSEDE, _period(batch) | {"name": load["name"], "load_id": load["load_id"]})
        _insert(con, LOADS, list(loads.values()))
        con.execute(_ADOPT, _period(batch))
    return {"outcomes": dict(Counter(row["outcome"] for row in deliveries)), "load_ids": list(loads)}


def _period(batch: Batch) -> Row:
    is_undated = batch.feed.cadence == "undated"
    return {"feed": batch.feed.name, "load_date": batch.load_date, "is_undated": is_undated}


def _load_id(batch: Batch, sha256: str) -> str:
    return f"{batch.feed.name}-{sha256[:24]}"


def _known(con: duckdb.DuckDBPyConnection, load_ids: set[str]) -> set[str]:
    rows = con.execute("SELECT load_id FROM loads WHERE list_contains(?, load_id)", [list(load_ids)]).fetchall()
    return {load_id for (load_id,) in rows}


def _load_row(batch: Batch, arrival: Arrival, load_id: str, at: datetime) -> Row:
    return {
        "load_id": load_id,
        "feed": batch.feed.name,
        "load_date": batch.load_date,
        "name": arrival.name,
        "source_url": arrival.source_url,
        "sha256": arrival.sha256,
        "file_bytes": arrival.file_bytes,
        "format": batch.feed.format,
        "is_packed": bool(arrival.members),
        "pulled_at": at,
        "status": "landed",
    }


def _delivery_rows(batch: Batch, arrival: Arrival, outcome: str, load_id: str | None, at: datetime) -> Iterator[Row]:
    """One row for the file, or for each member of a packed folder."""
    for item in arrival.members or (arrival,):
        yield {
            "delivery_id": _delivery_id(batch, item),
            "feed": batch.feed.name,
            "load_date": batch.load_date,
            "name": item.name,
            "outcome": outcome,
            "load_id": load_id,
            "sha256": item.sha256,
            "file_bytes": item.file_bytes,
            "etag": arrival.etag,
            "modified_at": item.modified_at,
            "pulled_at": at,
        }


def _delivery_id(batch: Batch, item: Arrival | Member) -> str:
    words = (batch.feed.name, batch.load_date.isoformat(), item.name or "", item.sha256 or "", str(item.modified_at))
    return hashlib.blake2b("\0".join(words).encode(errors="surrogateescape"), digest_size=16).hexdigest()


def _new_deliveries(con: duckdb.DuckDBPyConnection, batch: Batch, rows: list[Row]) -> list[Row]:
    """Those that no earlier pull of the period noted; the ones that were only touched under the load of their bytes."""
    unique = {row["delivery_id"]: row for row in rows}
    noted = con.execute(
        "SELECT delivery_id FROM deliveries WHERE feed = $feed AND load_date = $load_date",
        {"feed": batch.feed.name, "load_date": batch.load_date},
    ).fetchall()
    for (delivery_id,) in noted:
        unique.pop(delivery_id, None)
    touched = [row for row in unique.values() if row["outcome"] == "unchanged" and row["load_id"] is None]
    if touched:
        owners = con.execute(_OWNERS, _period(batch) | {"names": [row["name"] for row in touched]}).fetchall()
        load_of = {(name, sha256): load_id for name, sha256, load_id in owners}
        for row in touched:
            row["load_id"] = load_of.get((row["name"], row["sha256"]))
    return list(unique.values())


def _insert(con: duckdb.DuckDBPyConnection, table: Table, rows: list[Row]) -> None:
    if rows:
        con.register("incoming", pa.Table.from_pylist(rows, schema=table.schema))
        con.execute(f"INSERT INTO {table.name} BY NAME SELECT * FROM incoming")
        con.unregister("incoming")
