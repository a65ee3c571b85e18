"""Which templates belong together: pairs that share a key, and pairs of similar texts, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from transforms.campaigns.signatures import similarity

ALIKE = 0.85
"""Similarity from which two texts are one campaign's whatever the manner of sending."""
ALIKE_IN_MANNER = 0.34
"""Similarity that does when they are also sent in the same manner."""
METHODS = ("text", "link", "attachment", "contact")
"""By their codes, the strongest first."""
TEXT_REACH = 4
"""Templates of one band that each is compared with: all of them, in a band of no more."""
_CHUNK = 200_000


@dataclass(frozen=True)
class Edges:
    """Pairs of templates by their places in a list, and why: all arrays of one length.

    `method` is a place in METHODS, `similarity` NaN but for texts, `key` what is shared (0 for texts).
    """

    one: np.ndarray
    other: np.ndarray
    method: np.ndarray
    similarity: np.ndarray
    key: np.ndarray

    @classmethod
    def joined(cls, parts: list[Edges]) -> Edges:
        """All of them in one."""
        names = ("one", "other", "method", "similarity", "key")
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))

    @property
    def cost(self) -> np.ndarray:
        """The less, the stronger: the likest texts first, then what is shared."""
        return 1.0 + self.method - 0.9 * np.nan_to_num(self.similarity)


def sharing_pairs(keys: np.ndarray, places: np.ndarray, reach: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of places with one and the same key: each with the `reach` before it, and with the first of all.

    `keys` and `places` are columns of one table. Returns (one, other, key); at most n(reach + 1) pairs for a key that n
    places share, so that no key is a hub of n².
    """
    order = np.lexsort((places, keys))
    keys, places = keys[order], places[order]
    rows = np.arange(len(keys))
    starts = np.ones(len(keys), dtype=bool)
    starts[1:] = keys[1:] != keys[:-1]
    first = np.maximum.accumulate(np.where(starts, rows, 0))
    before = [(rows[rows - first >= back], back) for back in range(1, reach + 1)]
    far = rows[rows - first > reach]
    one = np.concatenate([places[near - back] for near, back in before] + [places[first[far]]])
    other = np.concatenate([near for near, _ in before] + [far])
    return one, places[other], keys[other]


def alike(one: np.ndarray, other: np.ndarray, signatures: np.ndarray, manners: np.ndarray) -> Edges:
    """Of candidate pairs (places in `signatures` and `manners`), those whose texts are alike, each once."""
    count = len(signatures)
    low, high = np.minimum(one, other).astype(np.int64), np.maximum(one, other).astype(np.int64)
    pairs = distinct((low * count + high)[low != high])
    low, high = np.divmod(pairs, max(count, 1))
    likeness = np.empty(len(pairs))
    for at in range(0, len(pairs), _CHUNK):
        chunk = slice(at, at + _CHUNK)
        likeness[chunk] = similarity(signatures[low[chunk]], signatures[high[chunk]])
    kept = likeness >= np.where(manners[low] == manners[high], ALIKE_IN_MANNER, ALIKE)
    size = int(kept.sum())
    return Edges(low[kept], high[kept], np.zeros(size, np.int8), likeness[kept], np.zeros(size, np.int64))


def distinct(numbers: np.ndarray) -> np.ndarray:
    """Sorted, each once; by sorting, which is several times faster than the hashing of `np.unique`."""
    numbers = np.sort(numbers)
    is_new = np.ones(len(numbers), dtype=bool)
    is_new[1:] = numbers[1:] != numbers[:-1]
    return numbers[is_new]


def sharing(kind: str, keys: np.ndarray, places: np.ndarray) -> Edges:
    """Edges between places that share a key of a kind."""
    one, other, key = sharing_pairs(keys, places)
    size = len(one)
    return Edges(one, other, np.full(size, METHODS.index(kind), np.int8), np.full(size, np.nan), key)
