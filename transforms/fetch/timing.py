"""How long a pull waits between attempts, and how slowly a source may send."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

LEAST_BYTES_PER_SECOND = 1000
WINDOW_SECONDS = 60.0


class TooSlow(Exception):
    """A source sends so slowly that a new connection is the better bet."""


@dataclass(frozen=True)
class Timing:
    """`sleep` waits some seconds; `clock` counts seconds from any moment."""

    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic


class Pace:
    """How fast bytes come, over one window of time after the other: a timeout of each read is no bound of the whole."""

    def __init__(self, timing: Timing) -> None:
        self._clock = timing.clock
        self._since = self._clock()
        self._size = 0

    def count(self, size: int) -> None:
        """Count bytes that came; raises `TooSlow` when a window ends that brought too few."""
        self._size += size
        seconds = self._clock() - self._since
        if seconds < WINDOW_SECONDS:
            return
        if self._size < LEAST_BYTES_PER_SECOND * seconds:
            raise TooSlow(f"{self._size:,} bytes came in {seconds:.0f} seconds")
        self._since, self._size = self._since + seconds, 0
