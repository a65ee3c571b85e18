"""Chance that repeats itself: streams of numbers that depend on their key and on nothing else.

Only `Random.random()` is drawn from while messages are made: its sequence is promised to stay the same in every
version of Python, and it is the fastest draw there is.
"""

from __future__ import annotations

import hashlib
from bisect import bisect
from collections.abc import Callable, Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")
Draw = Callable[[], float]
"""A source of floats in [0, 1)."""


def stream(*key: object) -> Random:
    """A generator of its own for `key`: the same key gives the same numbers, in any order of use and any process."""
    digest = hashlib.sha256("/".join(map(str, key)).encode()).digest()
    return Random(int.from_bytes(digest[:16], "big"))


def pick(draw: Draw, options: Sequence[T]) -> T:
    """One of `options`, all equally likely."""
    return options[int(draw() * len(options))]


def pick_weighted(draw: Draw, weights: dict[T, float]) -> T:
    """One of the keys of `weights`, as likely as its weight says."""
    totals = list(accumulate(weights.values()))
    return list(weights)[bisect(totals, draw() * totals[-1])]


def sample(draw: Draw, options: Sequence[T], count: int) -> list[T]:
    """Up to `count` different members of `options`, in random order."""
    left = list(options)
    return [left.pop(int(draw() * len(left))) for _ in range(min(count, len(left)))]


def around(draw: Draw, mean: float) -> int:
    """A count with the mean and spread of a Poisson variable, never negative."""
    spread = (draw() + draw() + draw() - 1.5) * 2 * mean**0.5 if mean > 4 else 0.0
    return max(0, int(mean + spread + draw()))


def long_tailed(draw: Draw, median: float, sigma: float) -> float:
    """A log-normal number (three uniform draws stand in for the normal one)."""
    return median * 2.718281828 ** ((draw() + draw() + draw() - 1.5) * 2 * sigma)
