"""MinHash signatures of texts, and the bands by which similar ones are found (Broder 1997; Leskovec et al. 2014)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from rensa import RMinHash

from transforms.campaigns.digests import digest64

PERMUTATIONS = 128
BAND_ROWS = 4
BANDS = PERMUTATIONS // BAND_ROWS
SEED = 20_050_511
FEWEST_WORDS = 4
"""A text of fewer words has no signature: it is matched by its template alone."""

_MULTIPLIERS = np.array([digest64("band", str(row)) | 1 for row in range(BAND_ROWS)], dtype=np.int64)
_OFFSETS = np.array([digest64("offset", str(band)) for band in range(BANDS)], dtype=np.int64)


def sketch(texts: list[list[str]]) -> np.ndarray:
    """Signatures of texts given as words: (texts, PERMUTATIONS) of uint32. The sets of word pairs are compared."""
    pairs = [list({f"{a} {b}" for a, b in pairwise(text)}) or ["-"] for text in texts]
    matrix = RMinHash.digest_matrix_from_token_sets(pairs, PERMUTATIONS, SEED)
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
