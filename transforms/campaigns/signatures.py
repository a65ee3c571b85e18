"""MinHash signatures of texts, and the bands by which similar ones are found (Broder 1997; Leskovec et al. 2014)."""

from __future__ import annotations

import numpy as np
from rensa import RMinHash

from transforms.campaigns.digests import digest64
from transforms.campaigns.word_columns import WordColumn

PERMUTATIONS = 128
BAND_ROWS = 4
BANDS = PERMUTATIONS // BAND_ROWS
SEED = 20_050_511
FEWEST_WORDS = 4
"""A text of fewer words has no signature: it is matched by its template alone."""

_FIRST, _SECOND = (np.uint64(digest64("pair", place) % (1 << 64) | 1) for place in ("first", "second"))
_MULTIPLIERS = np.array([digest64("band", str(row)) | 1 for row in range(BAND_ROWS)], dtype=np.int64)
_OFFSETS = np.array([digest64("offset", str(band)) for band in range(BANDS)], dtype=np.int64)


def sketch(texts: WordColumn) -> np.ndarray:
    """Signatures of texts: (texts, PERMUTATIONS) of uint32. The sets of word pairs are compared."""
    mixed = texts.numbers.astype(np.uint64)
    pairs = (mixed[:-1] * _FIRST) ^ (mixed[1:] * _SECOND)
    is_within = np.ones(len(pairs), dtype=bool)
    is_within[(inner := texts.starts[1:-1][texts.starts[1:-1] < len(mixed)])[inner > 0] - 1] = False
    counts = np.maximum(texts.counts - 1, 0)
    starts = np.concatenate(([0], np.cumsum(counts)))
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(pairs[is_within], starts, PERMUTATIONS, SEED)
    return np.array(matrix.to_rows(), dtype=np.uint32).reshape(len(texts), PERMUTATIONS)


def bands(signatures: np.ndarray) -> np.ndarray:
    """One key a band: (texts, BANDS) of int64. Two texts of similarity s share one with chance 1 - (1 - s⁴)³²."""
    rows = signatures.reshape(-1, BANDS, BAND_ROWS).astype(np.int64)
    return (rows * _MULTIPLIERS).sum(axis=2) * 0x9E37_79B9 + _OFFSETS


def short(signatures: np.ndarray) -> np.ndarray:
    """The lower 16 bits, which are kept: two different minima agree in them once in 65,536 times."""
    return (signatures & 0xFFFF).astype(np.uint16)


def similarity(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Estimated Jaccard similarity of kept signatures, row by row; the standard error is at most .044."""
    return (one == other).mean(axis=1)
