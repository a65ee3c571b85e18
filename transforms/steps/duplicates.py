"""The same bytes, captured by the same feed, in two loads: a redelivery, counted once.

The key of a message is made of its bytes, so a redelivered message has the key of the row that counts. Looking a month
to either side of the staged rows keeps the cost of a night free of the lake's history. The staged rows stay as they
are: `repeats.parquet` beside them names those that are set aside, and each is a reject.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb

from transforms.lake import parquet, quoted
from transforms.steps.batch import Batch

_STAGED = """
    CREATE TEMP TABLE staged AS
    SELECT message_key, load_id, 1 + list_position($load_ids, load_id) AS rank FROM {messages}
"""
_REPEATS = """
    CREATE TEMP TABLE repeats AS
    WITH committed AS (
        SELECT message_key, load_id, 0 AS rank FROM messages SEMI JOIN staged USING (message_key)
        WHERE feed = $feed AND NOT list_contains($load_ids, load_id)
            AND captured_at BETWEEN $first::TIMESTAMP - INTERVAL 1 MONTH AND $last::TIMESTAMP + INTERVAL 1 MONTH
    ),
    owners AS (
        SELECT message_key, arg_min(load_id, rank) AS owner
        FROM (SELECT * FROM staged UNION ALL SELECT * FROM committed) GROUP BY message_key HAVING count(*) > 1
    )
    SELECT message_key, load_id, owner FROM staged JOIN owners USING (message_key) WHERE load_id <> owner
"""
_REJECTS = """
    SELECT m.load_id, m.feed, $load_date::DATE AS load_date, m.position, m.entry_name, m.byte_offset,
        'message' AS level, 'duplicate' AS reason, 'message_key ' || m.message_key || ' of ' || r.owner AS detail,
        m.message_sha256, m.message_bytes
    FROM {messages} m JOIN repeats r USING (message_key, load_id)
"""


def set_duplicates_aside(batch: Batch, loads: list[dict], part: Path) -> list[dict]:
    """Name the staged redeliveries and make rejects of them; the loads' rows with their counts corrected."""
    messages = parquet(part / "messages")
    with batch.lake.read() as con:
        first, last = con.execute(f"SELECT min(captured_at), max(captured_at) FROM {messages}").fetchone()
        if first is None:
            return loads
        _find(con, batch, [load["load_id"] for load in loads], messages, first, last)
        repeats = dict(con.execute("SELECT load_id, count(*) FROM repeats GROUP BY ALL").fetchall())
        if repeats:
            con.execute(f"COPY repeats TO {quoted(f'{part}/repeats.parquet')}")
            rejects, place = _REJECTS.format(messages=messages), quoted(f"{part}/rejects/duplicates.parquet")
            con.execute(f"COPY ({rejects}) TO {place}", {"load_date": batch.load_date})
    return [
        load
        | {
            "parsed_count": load["parsed_count"] - repeats.get(load["load_id"], 0),
            "rejected_count": load["rejected_count"] + repeats.get(load["load_id"], 0),
        }
        for load in loads
    ]


def _find(
    con: duckdb.DuckDBPyConnection, batch: Batch, load_ids: list[str], messages: str, first: datetime, last: datetime
) -> None:
    """Make the table `repeats`: staged messages that an earlier load of the batch, or of the lake, holds."""
    con.execute(_STAGED.format(messages=messages), {"load_ids": load_ids})
    named = {"load_ids": load_ids, "feed": batch.feed.name, "first": first, "last": last}
    con.execute(_REPEATS, named)
