"""A bound on the processor time that one message may take (L1).

One clock ticks through the whole batch; a message that sees too many ticks is over its time. Setting a timer for each
message would cost two system calls and, on some systems, as much as reading the message.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from transforms.message.limits import CPU_SECONDS

_TICKS = 5
_CLOCK = getattr(signal, "ITIMER_VIRTUAL", None)


class TimeLimitReached(BaseException):
    """The message is over its time; not an `Exception`, so that no handler on the way takes it for a parse error."""


class Watch:
    """Counts the ticks since the message under way began; none is counted between messages."""

    def __init__(self) -> None:
        self._left: int | None = None

    def start(self) -> None:
        """The next message has its whole time; its first tick may come at once and is not counted."""
        self._left = _TICKS + 1

    def stop(self) -> None:
        """The message is done."""
        self._left = None

    def tick(self, *_: object) -> None:
        """A signal handler: raise when the time is up."""
        if self._left is None:
            return
        self._left -= 1
        if self._left <= 0:
            self._left = None
            raise TimeLimitReached


@contextmanager
def watchdog() -> Iterator[Watch]:
    """Let the clock tick around a batch. Outside of the main thread signals are not to be had: nothing is watched."""
    watch = Watch()
    if _CLOCK is None or threading.current_thread() is not threading.main_thread():
        yield watch
        return
    previous = signal.signal(signal.SIGVTALRM, watch.tick)
    seconds = CPU_SECONDS / _TICKS
    signal.setitimer(_CLOCK, seconds, seconds)
    try:
        yield watch
    finally:
        signal.setitimer(_CLOCK, 0)
        signal.signal(signal.SIGVTALRM, previous)
