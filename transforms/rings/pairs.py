"""Pairs of campaigns that share something, and how strongly: never all pairs of all holders of a value."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array

from transforms.rings.holdings import Holdings
from transforms.rings.rules import PAIR_CAP, THRESHOLD
from transforms.tables.campaign_indicators import INDICATOR_KINDS

_CHUNK_PAIRS = 100_000


def candidate_pairs(held: Holdings) -> np.ndarray:
    """Pairs of campaign numbers, each once, the smaller first, sorted: shape (pairs, 2).

    All pairs of the holders of a value that `PAIR_CAP` campaigns hold at most; of one that more hold, each with the
    eldest of them. So the pairs are at most 3.5 times the rows of `held`.
    """
    holders = np.bincount(held.value, minlength=len(held.weight))[held.value]
    found = [*_within(held, holders <= PAIR_CAP), _with_eldest(held, holders > PAIR_CAP)]
    both = np.sort(np.concatenate(found), axis=1)
    codes = np.unique(both[:, 0] * len(held.campaigns) + both[:, 1])
    return np.stack(np.divmod(codes, max(len(held.campaigns), 1)), axis=1)


def _within(held: Holdings, is_small: np.ndarray) -> Iterator[np.ndarray]:
    """Rows of one value stand together: each is paired with the first, second … behind it."""
    for step in range(1, PAIR_CAP):
        same = (held.value[step:] == held.value[:-step]) & is_small[step:]
        yield np.stack([held.campaign[:-step][same], held.campaign[step:][same]], axis=1)


def _with_eldest(held: Holdings, is_large: np.ndarray) -> np.ndarray:
    campaign, value = held.campaign[is_large], held.value[is_large]
    order = np.lexsort((held.seniority[campaign], value))
    campaign, value = campaign[order], value[order]
    first = np.searchsorted(value, value)
    is_other = first != np.arange(len(value))
    return np.stack([campaign[first][is_other], campaign[is_other]], axis=1)


def tied_pairs(held: Holdings, pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of `pairs`, those whose shared weights reach the threshold, with their strength.

    Within a kind only the heaviest value counts: ten rotating domains say little more than one.
    """
    strengths = [np.zeros(0)]
    for start in range(0, len(pairs), _CHUNK_PAIRS):
        chunk = pairs[start : start + _CHUNK_PAIRS]
        best = np.zeros((len(chunk), len(INDICATOR_KINDS)))
        pair, value = shared_values(held, chunk)
        np.maximum.at(best, (pair, held.kind[value]), held.weight[value])
        strengths.append(best.sum(axis=1))
    strength = np.concatenate(strengths)
    is_tied = strength >= THRESHOLD
    return pairs[is_tied], strength[is_tied]


def shared_values(held: Holdings, pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of pair and value for everything that the two campaigns of a pair both hold, sorted by both."""
    shape = (len(held.campaigns), len(held.weight))
    matrix = csr_array((np.ones(len(held.value), dtype=np.int8), (held.campaign, held.value)), shape=shape)
    shared = (matrix[pairs[:, 0]].multiply(matrix[pairs[:, 1]])).tocoo()
    order = np.lexsort((shared.col, shared.row))
    return shared.row[order], shared.col[order]
