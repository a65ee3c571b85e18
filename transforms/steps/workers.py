"""Worker processes that parse chunks of messages.

A bounded number of chunks is under way at a time. A chunk whose worker dies or hangs is parsed again alone; when it
kills its worker twice it is halved, down to the one message that does it, which becomes a reject.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pyarrow as pa

from transforms.message import FeedContext, Item, parse_batch, warm_up
from transforms.tables import FACTS, REJECTS

Tables = dict[str, pa.Table]
CHUNK_SECONDS = 300
START_METHOD = "fork" if sys.platform == "linux" else "spawn"
"""Forked workers start at once, with all modules in place; they open no database and start no thread."""


class Workers:
    """A pool that is started by the first chunk worth it, and replaced when a worker dies."""

    def __init__(self, count: int | None = None, parser: Callable[..., Tables] = parse_batch):
        self.count = count or os.cpu_count() or 1
        self.parser = parser
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def parse(self, chunks: Iterator[list[Item]], context: FeedContext) -> Iterator[Tables]:
        """Yield the tables of each chunk, in order; at most twice as many chunks as workers are in memory."""
        running: deque[tuple[list[Item], Future]] = deque()
        for chunk in chunks:
            running.append((chunk, self._submit(chunk, context)))
            if len(running) >= 2 * self.count:
                yield self._result(*running.popleft(), context)
        while running:
            yield self._result(*running.popleft(), context)

    def _submit(self, chunk: list[Item], context: FeedContext) -> Future:
        if self._pool is None:
            warm_up()  # forked workers inherit it
            self._pool = ProcessPoolExecutor(
                self.count, multiprocessing.get_context(START_METHOD), _begin, (os.getpid(),)
            )
        try:
            return self._pool.submit(self.parser, chunk, context)
        except BrokenProcessPool as death:
            failed: Future = Future()
            failed.set_exception(death)
            return failed

    def _result(self, chunk: list[Item], future: Future, context: FeedContext) -> Tables:
        try:
            return future.result(timeout=CHUNK_SECONDS)
        except (BrokenProcessPool, TimeoutError):
            self._stop()
            return self._alone(chunk, context)

    def _alone(self, chunk: list[Item], context: FeedContext) -> Tables:
        try:
            return self._submit(chunk, context).result(timeout=CHUNK_SECONDS)
        except (BrokenProcessPool, TimeoutError):
            self._stop()
        if len(chunk) == 1:
            return _rejected(chunk[0], context)
        middle = len(chunk) // 2
        halves = [self._alone(half, context) for half in (chunk[:middle], chunk[middle:])]
        return {name: pa.concat_tables([half[name] for half in halves]) for name in halves[0]}

    def _stop(self) -> None:
        if self._pool is None:
            return
        processes = list((self._pool._processes or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()
        self._pool = None


def _begin(parent: int) -> None:
    """In a new worker: end with the process that started it, whose locks a forked worker would hold on to."""
    warm_up()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _rejected(item: Item, context: FeedContext) -> Tables:
    row = {
        "load_id": context.load_id,
        "feed": context.feed,
        "load_date": context.load_date,
        "position": item.position,
        "entry_name": item.message.entry_name,
        "byte_offset": item.message.byte_offset,
        "level": "message",
        "reason": "worker_died",
        "detail": "the message ended two worker processes",
        "message_sha256": hashlib.sha256(item.message.content).hexdigest(),
        "message_bytes": len(item.message.content),
    }
    empty = {table.name: table.schema.empty_table() for table in FACTS}
    return empty | {"rejects": pa.Table.from_pylist([row], schema=REJECTS.schema)}
