"""A quick look over a column of texts, so that careful rules read only those that may hold something."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Pair = tuple[str, str]


class Finder(NamedTuple):
    """A rule: `find` gives (kind, value) pairs of a text; none where the RE2 `pattern` matches nothing."""

    pattern: str
    find: Callable[[str], Iterable[Pair]]


def sift(texts: pa.StringArray, finders: Iterable[Finder]) -> list[set[Pair]]:
    """What all finders find in each text; equal texts share one set."""
    encoded = texts.dictionary_encode()
    found: list[set[Pair]] = [set() for _ in encoded.dictionary]
    for pattern, find in finders:
        may_hold = pc.match_substring_regex(encoded.dictionary, pattern)
        for place in np.flatnonzero(may_hold.to_numpy(zero_copy_only=False)):
            found[place].update(find(encoded.dictionary[place].as_py()))
    return [found[place] for place in encoded.indices.to_pylist()]
