"""The same bytes, captured by the same feed, in two loads: a redelivery, counted once.

The key of a message is made of its bytes, so a redelivered message has the key of the row that counts. Looking a month
to either side of the staged rows keeps the cost of a night free of the lake's history.
"""

from __future__ import annotations

import os
from pathlib import Path

from transforms.lake import in_memory, parquet
from transforms.steps.batch import Batch
from transforms.tables import FACTS

_FIND = """
    CREATE TABLE repeats AS
    SELECT message_key, load_id, owner FROM (
        SELECT message_key, load_id, first_value(load_id) OVER (PARTITION BY message_key ORDER BY rank) AS owner
        FROM (
            SELECT message_key, load_id, 1 + list_position($load_ids, load_id) AS rank FROM {staged}
            UNION ALL
            SELECT message_key, load_id, 0 FROM committed
        )
    ) WHERE load_id <> owner AND list_contains($load_ids, load_id)
"""
_REJECT = """
    SELECT m.load_id, m.feed, $load_date::DATE AS load_date, m.position, m.entry_name, m.byte_offset,
        'message' AS level, 'duplicate' AS reason, 'message_key ' || m.message_key || ' of ' || r.owner AS detail,
        m.message_sha256, m.message_bytes
    FROM {staged} m JOIN repeats r USING (message_key, load_id)
"""


def set_duplicates_aside(batch: Batch, loads: list[dict], part: Path) -> list[dict]:
    """Turn staged redeliveries into rejects; the loads' rows with their counts corrected."""
    load_ids = [load["load_id"] for load in loads]
    staged = parquet(part / "messages")
    with in_memory() as con:
        first, last = con.execute(f"SELECT min(captured_at), max(captured_at) FROM {staged}").fetchone()
        if first is None:
            return loads
        con.register("committed", _committed_keys(batch, load_ids, first, last))
        con.execute(_FIND.format(staged=staged), {"load_ids": load_ids})
        repeats = dict(con.execute("SELECT load_id, count(*) FROM repeats GROUP BY ALL").fetchall())
        if repeats:
            _rewrite(con, batch, part)
    return [
        load
        | {
            "parsed_count": load["parsed_count"] - repeats.get(load["load_id"], 0),
            "rejected_count": load["rejected_count"] + repeats.get(load["load_id"], 0),
        }
        for load in loads
    ]


def _committed_keys(batch: Batch, load_ids: list[str], first, last):
    with batch.lake.read() as con:
        return con.execute(
            "SELECT message_key, load_id FROM messages WHERE feed = ? "
            "AND captured_at BETWEEN ?::TIMESTAMP - INTERVAL 1 MONTH AND ?::TIMESTAMP + INTERVAL 1 MONTH "
            "AND NOT list_contains(?, load_id)",
            [batch.feed.name, first, last, load_ids],
        ).to_arrow_table()


def _rewrite(con, batch: Batch, part: Path) -> None:
    """Write the rejects first, from the messages, then every table without the redeliveries."""
    rejects = part / "rejects" / "duplicates.parquet"
    select = _REJECT.format(staged=parquet(part / "messages"))
    con.execute(f"COPY ({select}) TO '{rejects}' (COMPRESSION zstd)", {"load_date": batch.load_date})
    for table in FACTS:
        if "message_key" in table.schema.names:
            _drop_rows(con, part / table.name)


def _drop_rows(con, folder: Path) -> None:
    for path in sorted(folder.glob("*.parquet")):
        kept = path.with_suffix(".kept")
        con.execute(
            f"COPY (SELECT * FROM read_parquet('{path}') ANTI JOIN repeats USING (message_key, load_id)) "
            f"TO '{kept}' (FORMAT parquet, COMPRESSION zstd)"
        )
        os.replace(kept, path)
