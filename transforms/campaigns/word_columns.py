"""The words of a column of texts, as numbers: each distinct token of a batch is folded once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from string import ascii_lowercase

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transforms.campaigns.digests import digest64, digest64_of
from transforms.campaigns.folding import CHARS, WORDS, fold, plain, words

_CACHED_WORDS = 1 << 18


@lru_cache(_CACHED_WORDS)
def word_number(word: str) -> int:
    """The number that stands for a word."""
    return digest64(word)


_SINGLES = np.sort(np.array([word_number(letter) for letter in ascii_lowercase]))


@dataclass(frozen=True)
class WordColumn:
    """Word numbers (int64) of texts, end to end: those of text i from `starts[i]` to before `starts[i + 1]`."""

    numbers: np.ndarray
    starts: np.ndarray

    @classmethod
    def of(cls, texts: list[np.ndarray]) -> WordColumn:
        """Out of an array a text."""
        return cls(np.concatenate([np.zeros(0, np.int64), *texts]), _starts([*map(len, texts)]))

    def with_texts(self, changed: dict[int, np.ndarray]) -> WordColumn:
        """With other words for some texts."""
        if not changed:
            return self
        return WordColumn.of([changed[place] if place in changed else self[place] for place in range(len(self))])

    def take(self, places: Sequence[int]) -> WordColumn:
        """Some of the texts, in the order given."""
        return WordColumn.of([self[place] for place in places])

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, place: int) -> np.ndarray:
        return self.numbers[self.starts[place] : self.starts[place + 1]]

    @property
    def counts(self) -> np.ndarray:
        """How many words each text has."""
        return np.diff(self.starts)

    def template(self, place: int) -> int:
        """A signed 64-bit digest of the words of a text, in order."""
        return digest64_of(self[place].astype("<i8", copy=False).tobytes())


def numbers_of(words: Iterable[str]) -> np.ndarray:
    """The numbers of some words."""
    return np.fromiter(map(word_number, words), np.int64)


def fold_column(texts: pa.StringArray) -> WordColumn:
    """What `folding.words` makes of each text."""
    tokens = pc.ascii_split_whitespace(_plain(texts))
    encoded = tokens.flatten().dictionary_encode()
    folded = [fold(token) for token in encoded.dictionary.to_pylist()]
    of_token = WordColumn(numbers_of(chain.from_iterable(folded)), _starts([*map(len, folded)]))
    codes = encoded.indices.to_numpy()
    starts = _starts(of_token.counts[codes])[tokens.offsets.to_numpy() - tokens.offsets[0].as_py()]
    return _closed_up(WordColumn(_gathered(of_token, codes), starts), texts)


def _plain(texts: pa.StringArray) -> pa.StringArray:
    is_ascii = pc.string_is_ascii(texts)
    cut = pc.ascii_lower(pc.utf8_slice_codeunits(texts, 0, CHARS))
    others = [plain(text[:CHARS]) for text in texts.filter(pc.invert(is_ascii)).to_pylist()]
    return pc.replace_with_mask(cut, pc.invert(is_ascii), pa.array(others, pa.string()))


def _starts(lengths: Sequence[int] | np.ndarray) -> np.ndarray:
    return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))


def _gathered(parts: WordColumn, codes: np.ndarray) -> np.ndarray:
    """The numbers of some parts, end to end."""
    counts = parts.counts[codes]
    ends = np.cumsum(counts)
    shifts = parts.starts[codes] - (ends - counts)
    return parts.numbers[np.repeat(shifts, counts) + np.arange(counts.sum())]


def _closed_up(column: WordColumn, texts: pa.StringArray) -> WordColumn:
    """With spaced words closed up, and long texts cut."""
    single = np.isin(column.numbers, _SINGLES)
    runs = np.flatnonzero(single[2:] & single[1:-1] & single[:-2])
    texts_of_runs = np.searchsorted(column.starts, [runs, runs + 2], side="right") - 1
    is_spaced = np.unique(texts_of_runs[0][texts_of_runs[0] == texts_of_runs[1]])
    changed = {place: numbers_of(words(texts[place].as_py())) for place in is_spaced.tolist()}
    for place in np.flatnonzero(column.counts > WORDS).tolist():
        changed.setdefault(place, column[place][:WORDS])
    return column.with_texts(changed)
