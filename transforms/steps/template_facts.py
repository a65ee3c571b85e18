"""Facts of the message that speaks for a template, read by worker processes."""

from __future__ import annotations

from datetime import datetime

import duckdb
import pyarrow as pa

from transforms.steps.fact_readers import Reading
from transforms.steps.template_conclusions import empty_tables, read_batch

BATCH_TEMPLATES = 500
SPEAKERS = pa.schema(
    {"template_id": pa.string(), "message_key": pa.string(), "captured_at": pa.timestamp("us")},
)
"""Templates, and for each the message that is read in its place."""

_FACTS = """
    WITH chosen AS (
        SELECT template_id, message_key, subject, from_name, from_address, body_text, list_unsubscribe, in_reply_to,
            reference_count, defects
        FROM messages JOIN speakers USING (message_key) WHERE messages.captured_at BETWEEN $first AND $last
    ),
    links AS (
        SELECT message_key, list({'url': url, 'source': source, 'host': host} ORDER BY url_index) AS links
        FROM urls SEMI JOIN chosen USING (message_key) WHERE captured_at BETWEEN $first AND $last GROUP BY message_key
    ),
    files AS (
        SELECT message_key,
            list({'filename': filename, 'content_type': content_type} ORDER BY attachment_index) AS files
        FROM attachments SEMI JOIN chosen USING (message_key) WHERE captured_at BETWEEN $first AND $last
        GROUP BY message_key
    )
    SELECT chosen.*, links, files FROM chosen LEFT JOIN links USING (message_key) LEFT JOIN files USING (message_key)
"""


def _chosen(con: duckdb.DuckDBPyConnection, portion: pa.Table) -> dict[str, datetime]:
    """SPEAKERS to be read; the span of their capture times bounds what is scanned for them."""
    con.register("speakers", portion.drop_columns("captured_at"))
    times = portion["captured_at"].to_pylist()
    return {"first": min(times), "last": max(times)}


READING = Reading(_FACTS, read_batch, empty_tables, _chosen, BATCH_TEMPLATES)
