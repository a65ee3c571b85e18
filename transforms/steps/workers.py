"""Worker processes that parse chunks of messages and stage their rows.

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
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from transforms.message import FeedContext, Item, parse_batch, reject_row, warm_up
from transforms.steps.staged import write_staged
from transforms.tables import FACTS, REJECTS

Tables = dict[str, pa.Table]
FILE_MESSAGES = 500
"""Messages from which on a chunk gets files of its own."""
CHUNK_SECONDS = 300
START_METHOD = "fork" if sys.platform == "linux" else "spawn"
"""Forked workers start at once, with all modules in place; they open no database and start no thread."""


class Staged(NamedTuple):
    """What became of a chunk; `rows` holds those that were too few for a file."""

    message_count: int
    reject_count: int
    rows: Tables


@dataclass(frozen=True)
class _Task:
    """A chunk of one load, and where its rows go."""

    chunk: list[Item]
    context: FeedContext
    folder: Path
    parser: Callable[[list[Item], FeedContext], Tables]

    def run(self) -> Staged:
        """In a worker: parse the chunk and stage its rows."""
        tables = self.parser(self.chunk, self.context)
        counts = tables["messages"].num_rows, tables["rejects"].num_rows
        if len(self.chunk) < FILE_MESSAGES:
            return Staged(*counts, tables)
        for name, rows in tables.items():
            write_staged(self.folder, name, self.file_name, rows)
        return Staged(*counts, {})

    @property
    def file_name(self) -> str:
        """One for each chunk of a batch."""
        return f"{self.context.load_id}-{self.chunk[0].position:010d}"

    def clear(self) -> None:
        """Remove what a worker wrote before it died."""
        for table in FACTS:
            (self.folder / table.name / f"{self.file_name}.parquet").unlink(missing_ok=True)

    def halves(self) -> tuple[_Task, _Task]:
        """Two tasks for the one."""
        middle = len(self.chunk) // 2
        return replace(self, chunk=self.chunk[:middle]), replace(self, chunk=self.chunk[middle:])

    def rejected(self) -> Staged:
        """The verdict on one message that ended two workers."""
        (item,) = self.chunk
        sha256 = hashlib.sha256(item.message.content).hexdigest()
        row = reject_row(item, sha256, self.context, "worker_died", "the message ended two worker processes")
        return Staged(0, 1, {REJECTS.name: pa.Table.from_pylist([row], schema=REJECTS.schema)})


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

    def stage(self, chunks: Iterator[list[Item]], context: FeedContext, folder: Path) -> Iterator[Staged]:
        """Parse chunks of one load and stage their rows below `folder`; what became of each, in order.

        At most twice as many chunks as workers are in memory.
        """
        running: deque[tuple[_Task, Future]] = deque()
        for chunk in chunks:
            task = _Task(chunk, context, folder, self.parser)
            running.append((task, self._submit(task)))
            if len(running) >= 2 * self.count:
                yield self._result(*running.popleft())
        while running:
            yield self._result(*running.popleft())

    def _submit(self, task: _Task) -> Future:
        if self._pool is None:
            warm_up()  # forked workers inherit it
            self._pool = ProcessPoolExecutor(
                self.count, multiprocessing.get_context(START_METHOD), begin, (os.getpid(),)
            )
        try:
            return self._pool.submit(task.run)
        except BrokenProcessPool as death:
            failed: Future = Future()
            failed.set_exception(death)
            return failed

    def _result(self, task: _Task, future: Future) -> Staged:
        try:
            return future.result(timeout=CHUNK_SECONDS)
        except (BrokenProcessPool, TimeoutError):
            self._stop()
            return self._alone(task)

    def _alone(self, task: _Task) -> Staged:
        try:
            return self._submit(task).result(timeout=CHUNK_SECONDS)
        except (BrokenProcessPool, TimeoutError):
            self._stop()
        task.clear()
        if len(task.chunk) == 1:
            return task.rejected()
        return _joined(*map(self._alone, task.halves()))

    def _stop(self) -> None:
        if self._pool is None:
            return
        processes = list((self._pool._processes or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()
        self._pool = None


def _joined(first: Staged, second: Staged) -> Staged:
    rows = {
        name: pa.concat_tables([half.rows[name] for half in (first, second) if name in half.rows])
        for name in first.rows.keys() | second.rows.keys()
    }
    return Staged(first.message_count + second.message_count, first.reject_count + second.reject_count, rows)


def begin(parent: int) -> None:
    """In a new worker: end with the process that started it, whose locks a forked worker would hold on to."""
    warm_up()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
