"""Facts of some loads, read by worker processes for grouping."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor

import duckdb
import pyarrow as pa

from transforms.campaigns.reading import Tables, empty_tables, read_batch
from transforms.steps.workers import START_METHOD, begin

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


class FactReaders:
    """A pool of processes that read batches of facts; as many as there are processors, ended with the block."""

    def __init__(self) -> None:
        self.count = os.cpu_count() or 1
        context = multiprocessing.get_context(START_METHOD)
        self._pool = ProcessPoolExecutor(self.count, context, begin, (os.getpid(),))

    def __enter__(self) -> FactReaders:
        self._pool.submit(int).result()  # fork all of them before a database is open in this process
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def read(self, con: duckdb.DuckDBPyConnection, loads: list[str], first: int, end: int) -> Tables:
        """The tables of `campaigns.reading` for the messages of loads at positions from `first` to before `end`."""
        found = con.execute(_FACTS, {"loads": loads, "first": first, "end": end})
        batches = found.to_arrow_reader(BATCH_MESSAGES)
        made = [empty_tables(), *self._made(batches)]
        return {name: pa.concat_tables([tables[name] for tables in made]) for name in made[0]}

    def _made(self, batches: pa.RecordBatchReader) -> Iterator[Tables]:
        running: deque[Future] = deque()
        for batch in batches:
            running.append(self._pool.submit(read_batch, batch))
            if len(running) > 2 * self.count:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()
