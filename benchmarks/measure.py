"""Wall time, processor time and resident memory of a piece of work, with all processes that it starts."""

from __future__ import annotations

import os
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

_EVERY_SECONDS = 0.05


@dataclass
class Cost:
    """Seconds and bytes; `peak_bytes` is the largest sum over all processes (shared pages counted once, PSS)."""

    wall_seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_bytes: int = 0


@contextmanager
def measured(watch_memory: bool = True) -> Iterator[Cost]:
    """The cost of the block, known when it has ended."""
    cost = Cost()
    ended = threading.Event()
    watcher = threading.Thread(target=_watch, args=(cost, ended), daemon=True)
    if watch_memory:
        watcher.start()
    begun, used = time.perf_counter(), _cpu()
    try:
        yield cost
    finally:
        cost.wall_seconds = time.perf_counter() - begun
        cost.cpu_seconds = _cpu() - used
        ended.set()


def _cpu() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, kinds))


def _watch(cost: Cost, ended: threading.Event) -> None:
    me = psutil.Process(os.getpid())
    while not ended.wait(_EVERY_SECONDS * 4):
        cost.peak_bytes = max(cost.peak_bytes, sum(map(_resident, (me, *me.children(recursive=True)))))


def _resident(process: psutil.Process) -> int:
    try:
        return process.memory_full_info().pss
    except psutil.Error:
        return 0
