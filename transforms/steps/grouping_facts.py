"""Facts of some loads, read by worker processes for grouping."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor

import pyarrow as pa

from transforms.campaigns.reading import Tables, empty_tables, read_batch
from transforms.lake import Lake
from transforms.steps.portions import Portion
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

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._count = os.cpu_count() or 1
        context = multiprocessing.get_context(START_METHOD)
        self._pool = ProcessPoolExecutor(self._count, context, begin, (os.getpid(),))
        self._next = ThreadPoolExecutor(1)

    def __enter__(self) -> FactReaders:
        self._pool.submit(int).result()  # fork all of them before a database is open in this process
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._next.shutdown()

    def each(self, portions: Iterable[Portion]) -> Iterator[tuple[Portion, Tables]]:
        """Portions with their tables (`read`); the next is being read while the caller works on one."""
        before: tuple[Portion, Future] | None = None
        for portion in portions:
            reading = portion, self._next.submit(self.read, portion)
            if before:
                yield before[0], before[1].result()
            before = reading
        if before:
            yield before[0], before[1].result()

    def read(self, portion: Portion) -> Tables:
        """The tables of `campaigns.reading` for the messages of a portion."""
        chosen = {"loads": portion.load_ids, "first": portion.first, "end": portion.end}
        with self._lake.read() as con:
            batches = con.execute(_FACTS, chosen).to_arrow_reader(BATCH_MESSAGES)
            made = [empty_tables(), *self._made(batches)]
        return {name: pa.concat_tables([tables[name] for tables in made]) for name in made[0]}

    def _made(self, batches: pa.RecordBatchReader) -> Iterator[Tables]:
        running: deque[Future] = deque()
        for batch in batches:
            running.append(self._pool.submit(read_batch, batch))
            if len(running) > 2 * self._count:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()
