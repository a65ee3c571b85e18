"""Facts of some loads, read by worker processes for grouping."""

from __future__ import annotations

import pyarrow as pa

from transforms.campaigns.reading import Tables, empty_tables, read_batch
from transforms.lake import Lake
from transforms.steps.batch_readers import BatchReaders
from transforms.steps.portions import Portion

BATCH_MESSAGES = 2_000
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


class FactReaders(BatchReaders[Portion]):
    """Reads batches of facts for `campaigns.reading`."""

    def __init__(self, lake: Lake) -> None:
        super().__init__(read_batch)
        self._lake = lake

    def read(self, portion: Portion) -> Tables:
        """The tables of `campaigns.reading` for the messages of a portion."""
        chosen = {"loads": portion.load_ids, "first": portion.first, "end": portion.end}
        with self._lake.read() as con:
            batches = con.execute(_FACTS, chosen).to_arrow_reader(BATCH_MESSAGES)
            made = [empty_tables(), *self._made(batches)]
        return {name: pa.concat_tables([tables[name] for tables in made]) for name in made[0]}
