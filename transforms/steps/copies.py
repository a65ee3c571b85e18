"""Which of the identical copies in a load a message is, told without keeping the messages or their digests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

_KEY_BYTES = 8


class Copies:
    """Counts digests in 8 bytes a message: sorted runs of their first bytes, merged as they grow.

    Two of ten million digests share these bytes with a chance of 1 in 300,000; the later one is then taken for a copy,
    which changes its key and nothing else.
    """

    def __init__(self) -> None:
        self._runs: list[np.ndarray] = []

    def number(self, digests: Sequence[bytes]) -> list[int]:
        """How often each digest came before, in earlier calls or earlier in this one."""
        keys = np.frombuffer(b"".join(digest[:_KEY_BYTES] for digest in digests), np.uint64)
        before = np.zeros(len(keys), np.int64)
        for run in self._runs:
            before += run.searchsorted(keys, "right") - run.searchsorted(keys, "left")
        ordered = np.sort(keys)
        if (ordered[1:] == ordered[:-1]).any():
            before += _within(keys)
        self._keep(ordered)
        return before.tolist()

    def _keep(self, run: np.ndarray) -> None:
        """A run at least as long as the one before it is merged with that: there are never more than some twenty."""
        while self._runs and len(self._runs[-1]) <= len(run):
            run = np.sort(np.concatenate([self._runs.pop(), run]), kind="stable")
        self._runs.append(run)


def _within(keys: np.ndarray) -> list[int]:
    seen: Counter[int] = Counter()
    numbers = []
    for key in keys.tolist():
        numbers.append(seen[key])
        seen[key] += 1
    return numbers
