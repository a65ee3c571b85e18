"""Ctrl-C, remembered: libraries swallow a KeyboardInterrupt, or turn it into an error of their own."""

from __future__ import annotations

import os
import signal

_asked = False


def watch() -> None:
    """From now on remember a Ctrl-C besides raising it. Forked workers leave it to the process that ends them."""
    owner = os.getpid()

    def note(*_: object) -> None:
        global _asked
        if os.getpid() == owner:
            _asked = True
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, note)


def ignore() -> None:
    """From now on take no notice: all is done, and the process is about to end with the code for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def forget() -> None:
    """Take the Ctrl-C as done: it was for a query, and not for the process."""
    global _asked
    _asked = False


def is_asked() -> bool:
    """Whether there was a Ctrl-C."""
    return _asked


def check() -> None:
    """Raise KeyboardInterrupt if there was one: called between steps, lest one that swallowed it be believed."""
    if _asked:
        raise KeyboardInterrupt
