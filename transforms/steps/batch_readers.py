"""A pool of worker processes that make tables of batches of facts."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Generic, Self, TypeVar

import pyarrow as pa

from transforms.steps.workers import START_METHOD, begin

Tables = dict[str, pa.Table]
Portion = TypeVar("Portion")


class BatchReaders(Generic[Portion]):
    """As many processes as there are processors, ended with the block; `read_batch` runs in them."""

    def __init__(self, read_batch: Callable[[pa.RecordBatch], Tables]) -> None:
        self._read_batch = read_batch
        self._count = os.cpu_count() or 1
        context = multiprocessing.get_context(START_METHOD)
        self._pool = ProcessPoolExecutor(self._count, context, begin, (os.getpid(),))
        self._next = ThreadPoolExecutor(1)

    def __enter__(self) -> Self:
        self._pool.submit(int).result()  # fork all of them before a database is open in this process
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._next.shutdown()

    def read(self, portion: Portion) -> Tables:
        """The tables of a portion."""
        raise NotImplementedError

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

    def _made(self, batches: Iterable[pa.RecordBatch]) -> Iterator[Tables]:
        """The tables of each batch, in order; a bounded number of batches is under way."""
        running: deque[Future] = deque()
        for batch in batches:
            running.append(self._pool.submit(self._read_batch, batch))
            if len(running) > 2 * self._count:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()
