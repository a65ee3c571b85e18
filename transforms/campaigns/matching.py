"""Which templates belong together: pairs that share a key, and pairs of similar texts, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from transforms.campaigns.signatures import similarity

ALIKE = 0.85
"""Similarity from which two texts are one campaign's whatever the manner of sending."""
ALIKE_IN_MANNER = 0.38
"""Similarity that does when they are also sent in the same manner."""
_CHUNK = 200_000


class Edge(NamedTuple):
    """Two templates of one campaign, and why: `method` is text, link, attachment or contact."""

    one: int
    other: int
    method: str
    similarity: float | None
    key: int | None


def sharing_pairs(keys: np.ndarray, templates: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of templates with one and the same key: each with the one before it and with the first of all.

    `keys` and `templates` are columns of one table. Returns (one, other, key); for a key that n templates share at
    most 2n pairs, so that no key is a hub of n².
    """
    order = np.lexsort((templates, keys))
    keys, templates = keys[order], templates[order]
    is_first = np.concatenate(([True], keys[1:] != keys[:-1]))
    first = np.maximum.accumulate(np.where(is_first, np.arange(len(keys)), 0))
    place = np.arange(len(keys))
    follows = ~is_first & (templates != np.roll(templates, 1))
    far = follows & (place - first > 1)
    one = np.concatenate((templates[place[follows] - 1], templates[first[far]]))
    return one, np.concatenate((templates[follows], templates[far])), np.concatenate((keys[follows], keys[far]))


def verified(
    one: np.ndarray, other: np.ndarray, signatures: np.ndarray, manners: np.ndarray
) -> Iterator[tuple[int, int, float]]:
    """Of candidate pairs (places in `signatures`), those whose texts are alike, with their similarity, each once."""
    low, high = np.minimum(one, other), np.maximum(one, other)
    pairs = np.unique(np.stack((low, high), axis=1), axis=0)
    for start in range(0, len(pairs), _CHUNK):
        a, b = pairs[start : start + _CHUNK].T
        alike = similarity(signatures[a], signatures[b])
        is_same = alike >= np.where(manners[a] == manners[b], ALIKE_IN_MANNER, ALIKE)
        yield from zip(a[is_same].tolist(), b[is_same].tolist(), alike[is_same].tolist(), strict=True)
