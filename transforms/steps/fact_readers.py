"""Facts of messages, read by worker processes portion by portion."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import duckdb
import pyarrow as pa

from transforms.lake import Lake
from transforms.steps.workers import START_METHOD, begin

BATCH_MESSAGES = 2_000
Tables = dict[str, pa.Table]
Portion = TypeVar("Portion")


@dataclass(frozen=True)
class Reading:
    """What is read: a query for the facts of a portion, a row each; what a worker makes of a batch of them; the same
    tables without rows; and the query's parameters for a portion, whose tables it may register. `read` must be
    importable by name, as pickle wants it.
    """

    query: str
    read: Callable[[pa.RecordBatch], Tables]
    empty: Callable[[], Tables]
    chosen: Callable[[duckdb.DuckDBPyConnection, Any], dict[str, Any]] = lambda _, portion: portion.chosen
    batch_rows: int | None = None


class FactReaders:
    """A pool of processes that read batches of facts; as many as there are processors, ended with the block.

    `row_count` is how many facts there are: no more processes than batches are started. Nothing is read in this one:
    threads that a library started here (rensa's) would be missing in the processes that it forks next, which wait for
    them for ever.
    """

    def __init__(self, lake: Lake, reading: Reading, row_count: int) -> None:
        self._lake = lake
        self._reading = reading
        self._batch_rows = reading.batch_rows or BATCH_MESSAGES
        self._count = max(1, min(os.cpu_count() or 1, -(-row_count // self._batch_rows)))
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
        """The tables of a portion."""
        with self._lake.read() as con:
            found = con.execute(self._reading.query, self._reading.chosen(con, portion))
            batches = found.to_arrow_reader(self._batch_rows)
            made = [self._reading.empty(), *self._made(batches)]
        return {name: pa.concat_tables([tables[name] for tables in made]) for name in made[0]}

    def _made(self, batches: pa.RecordBatchReader) -> Iterator[Tables]:
        running: deque[Future] = deque()
        for batch in batches:
            running.append(self._pool.submit(self._reading.read, batch))
            if len(running) > 2 * self._count:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()
