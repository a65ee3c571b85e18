"""Station 1: bytes as pulled, under their SHA-256, with a receipt.

A file goes through three states, so that a kill at any moment loses nothing: complete in the inbox under its digest;
receipted in `loads` and `deliveries`, in one transaction; moved to its landed place. What a kill leaves in the inbox is
settled by the next pull: receipted files are moved, the others are pulled again.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyarrow as pa

from transforms.clock import now
from transforms.fetch import Arrival, Seen, fetch
from transforms.settings import Settings
from transforms.steps.batch import Batch
from transforms.tables import DELIVERIES, LOADS

_DIGEST = re.compile(r"[0-9a-f]{64}")


def land(settings: Settings, feed: str, load_date: date) -> dict:
    """Pull what is new at the feed's source for the period.

    Returns `outcomes` (files by outcome) and `load_ids` (new loads). Raises SourceUnreachable; what arrived before
    the source failed is kept.
    """
    batch = Batch.of(settings, feed, load_date)
    with batch.lock():
        inbox = batch.lake.inbox(feed, batch.load_date)
        inbox.mkdir(parents=True, exist_ok=True)
        settle(batch, inbox)
        arrivals: list[Arrival] = []
        try:
            for arrival in fetch(batch.feed, batch.period, inbox, _seen(batch)):
                if arrival.path:
                    os.replace(arrival.path, inbox / arrival.sha256)
                arrivals.append(arrival)
        finally:
            summary = _receipt(batch, arrivals)
            settle(batch, inbox)
    return summary


def settle(batch: Batch, inbox: Path) -> None:
    """Move receipted files of the inbox to their landed place and drop files that no receipt names."""
    waiting = [path for path in inbox.iterdir() if _DIGEST.fullmatch(path.name)]
    if not waiting:
        return
    receipted = {row["sha256"] for row in batch.loads("landed", "published", "held", "superseded")}
    for path in waiting:
        place = batch.lake.landed(batch.feed.name, path.name)
        if path.name in receipted and not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, place)
            _sync_folder(place.parent)
        else:
            path.unlink()


def _receipt(batch: Batch, arrivals: list[Arrival]) -> dict:
    at = now()
    with batch.lake.write() as con:
        known = {
            load_id
            for (load_id,) in con.execute("SELECT load_id FROM loads WHERE feed = ?", [batch.feed.name]).fetchall()
        }
        loads, deliveries = [], []
        for arrival in arrivals:
            load_id = _load_id(batch, arrival.sha256) if arrival.sha256 else None
            outcome = arrival.outcome
            if outcome == "new":
                outcome = "repeated" if load_id in known else "landed"
            if outcome == "landed":
                known.add(load_id)
                loads.append(_load_row(batch, arrival, load_id, at))
            deliveries += _delivery_rows(batch, arrival, outcome, load_id, at)
        _insert_missing(con, DELIVERIES, "delivery_id", deliveries)
        _supersede(con, batch, loads)
        _insert_missing(con, LOADS, "load_id", loads)
        _adopt(con, batch)
    outcomes = Counter(row["outcome"] for row in deliveries)
    return {"outcomes": dict(outcomes), "load_ids": [row["load_id"] for row in loads]}


def _load_id(batch: Batch, sha256: str) -> str:
    return f"{batch.feed.name}-{sha256[:24]}"


def _load_row(batch: Batch, arrival: Arrival, load_id: str, at) -> dict:
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


def _delivery_rows(batch: Batch, arrival: Arrival, outcome: str, load_id: str | None, at) -> Iterable[dict]:
    """One row for the file, or for each member of a packed folder."""
    for item in arrival.members or (arrival,):
        yield {
            "delivery_id": _delivery_id(batch, item.name, item.sha256),
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


def _delivery_id(batch: Batch, name: str | None, sha256: str | None) -> str:
    words = (batch.feed.name, batch.load_date.isoformat(), name or "", sha256 or "")
    return hashlib.blake2b("\0".join(words).encode(errors="surrogateescape"), digest_size=16).hexdigest()


def _insert_missing(con, table, key: str, rows: list[dict]) -> None:
    if not rows:
        return
    unique = list({row[key]: row for row in rows}.values())
    con.register("incoming", pa.Table.from_pylist(unique, schema=table.schema))
    con.execute(f"INSERT INTO {table.name} SELECT * FROM incoming WHERE {key} NOT IN (SELECT {key} FROM {table.name})")
    con.unregister("incoming")


_SUPERSEDE = """
    UPDATE loads SET status = 'superseded'
    WHERE feed = $feed AND name = $name AND status = 'held' AND ($is_undated OR load_date = $load_date)
        AND NOT EXISTS (
            SELECT name FROM deliveries WHERE load_id = loads.load_id
            EXCEPT SELECT name FROM deliveries WHERE load_id = $load_id
        )
"""
_SEEN = """
    SELECT d.name, arg_max(struct_pack(d.sha256, d.file_bytes, d.modified_at, d.etag), d.pulled_at)
    FROM deliveries d JOIN loads l USING (load_id)
    WHERE d.feed = $feed AND ($is_undated OR d.load_date = $load_date)
        AND NOT (l.is_packed AND l.status IN ('held', 'superseded'))
    GROUP BY d.name
"""


def _supersede(con, batch: Batch, loads: list[dict]) -> None:
    """A new version of a file takes the place of one that a gate holds: no row of that one was ever committed.

    A packed folder does so only when it holds every member of the held one.
    """
    for row in loads:
        con.execute(_SUPERSEDE, _place(batch) | {"name": row["name"], "load_id": row["load_id"]})


def _adopt(con, batch: Batch) -> None:
    """What a killed run of an undated feed landed on another day and nobody parsed belongs to this run."""
    if batch.feed.cadence == "undated":
        con.execute(
            "UPDATE loads SET load_date = $load_date WHERE feed = $feed AND status = 'landed' AND load_date <> $load_date",
            {"feed": batch.feed.name, "load_date": batch.load_date},
        )


def _seen(batch: Batch) -> dict[str, Seen]:
    """The newest delivery of each name that the period (of an undated feed: any run) gave.

    Members of a folder that a gate holds are packed again, so that a repaired one comes with all the others.
    """
    with batch.lake.read() as con:
        rows = con.execute(_SEEN, _place(batch)).fetchall()
    return {name: Seen(**last) for name, last in rows}


def _place(batch: Batch) -> dict:
    return {
        "feed": batch.feed.name,
        "load_date": batch.load_date,
        "is_undated": batch.feed.cadence == "undated",
    }


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
