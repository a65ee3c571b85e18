"""The audit of station 3: every message of a grouped load is in a group once, unless it is a delivery report or says
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

_GROUPED = """
    SELECT load_id FROM grouped_loads JOIN loads USING (load_id, committed_at) WHERE status = 'published'
"""
_LEFT_OUT = f"""
    SELECT load_id, count(*) FROM messages SEMI JOIN ({_GROUPED}) USING (load_id)
        ANTI JOIN campaign_assignments USING (message_key)
    WHERE content_type <> 'multipart/report'
        AND coalesce(split_part(from_address, '@', 1), '') NOT IN ('mailer-daemon', 'postmaster')
        AND NOT (body_text = '' AND coalesce(subject, '') = '' AND url_count = 0 AND attachment_count = 0)
    GROUP BY ALL ORDER BY ALL
"""
_TWICE = """
    SELECT load_id, count(*) - count(DISTINCT message_key) AS extra FROM campaign_assignments
    GROUP BY ALL HAVING extra > 0 ORDER BY ALL
"""
_NO_MESSAGE = f"""
    SELECT load_id, count(*) FROM campaign_assignments SEMI JOIN ({_GROUPED}) USING (load_id)
        ANTI JOIN messages USING (message_key, load_id)
    GROUP BY ALL ORDER BY ALL
"""
_NO_TEMPLATE = """
    SELECT load_id, count(*) FROM campaign_assignments ANTI JOIN templates USING (template_id) GROUP BY ALL ORDER BY ALL
"""
_WAITING = f"""
    SELECT load_id FROM loads ANTI JOIN ({_GROUPED}) USING (load_id) WHERE status = 'published' ORDER BY load_id
"""
_FAULTS = {
    _LEFT_OUT: "messages of a grouped load are in no group",
    _TWICE: "messages are in a group more than once",
    _NO_MESSAGE: "rows of campaign_assignments have no message",
    _NO_TEMPLATE: "rows of campaign_assignments name a template that is not in templates",
}


def group_findings(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """One sentence for each load whose groups do not add up to its messages."""
    for query, fault in _FAULTS.items():
        for load_id, count in con.execute(query).fetchall():
            yield f"{load_id}: {count:,} {fault}"


def group_notes(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """One sentence for each load that waits for grouping."""
    for (load_id,) in con.execute(_WAITING).fetchall():
        yield f"{load_id} is not grouped yet; run `spamledger group`"
