"""The audit of origins: every message of a traced load has one row, and no other message has."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

_TRACED = """
    SELECT load_id FROM concluded_loads JOIN loads USING (load_id, committed_at) WHERE status = 'published'
"""
_MISSING = f"""
    SELECT load_id, count(*) FROM messages SEMI JOIN ({_TRACED}) USING (load_id)
        ANTI JOIN message_origins USING (message_key, load_id)
    GROUP BY ALL ORDER BY ALL
"""
_TWICE = """
    SELECT load_id, count(*) - count(DISTINCT message_key) AS extra FROM message_origins
    GROUP BY ALL HAVING extra > 0 ORDER BY ALL
"""
_NO_MESSAGE = f"""
    SELECT load_id, count(*) FROM message_origins SEMI JOIN ({_TRACED}) USING (load_id)
        ANTI JOIN messages USING (message_key, load_id)
    GROUP BY ALL ORDER BY ALL
"""
_FAULTS = {
    _MISSING: "messages of a traced load have no row in message_origins",
    _TWICE: "messages have more than one row in message_origins",
    _NO_MESSAGE: "rows of message_origins have no message",
}


def origin_findings(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """One sentence for each load whose origins do not add up to its messages."""
    for query, fault in _FAULTS.items():
        for load_id, count in con.execute(query).fetchall():
            yield f"{load_id}: {count:,} {fault}"
