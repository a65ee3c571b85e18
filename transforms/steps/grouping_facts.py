"""What grouping reads of a message: its texts, links and files, a row each."""

from __future__ import annotations

from transforms.campaigns.reading import empty_tables, read_batch
from transforms.steps.fact_readers import Reading

_FACTS = """
    WITH chosen AS (
        SELECT message_key, feed, load_id, captured_at, subject, from_address, from_host, reply_to_address, x_mailer,
            authentication_results, origin_ip, body_text, header_names, content_type, charset, html_skeleton
        FROM messages WHERE list_contains($loads, load_id) AND position >= $first AND position < $end
    ),
    links AS (
        SELECT message_key, list({'url': url, 'source': source, 'host': host,
            'registrable_domain': registrable_domain} ORDER BY url_index) AS links
        FROM urls SEMI JOIN chosen USING (message_key) WHERE list_contains($loads, load_id) GROUP BY message_key
    ),
    files AS (
        SELECT message_key, list({'kind': kind, 'filename': filename, 'content_type': content_type, 'sha256': sha256,
            'attachment_bytes': attachment_bytes} ORDER BY attachment_index) AS files
        FROM attachments SEMI JOIN chosen USING (message_key) WHERE list_contains($loads, load_id)
        GROUP BY message_key
    )
    SELECT chosen.*, links, files FROM chosen LEFT JOIN links USING (message_key) LEFT JOIN files USING (message_key)
"""
READING = Reading(_FACTS, read_batch, empty_tables)
