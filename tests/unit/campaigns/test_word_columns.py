"""Texts read as a column give the words that each gives alone."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.campaigns.folding import WORDS, words
from transforms.campaigns.signatures import short, similarity, sketch
from transforms.campaigns.word_columns import WordColumn, fold_column, numbers_of

TEXTS = [
    "",
    "  Buy\tV1AGRA now,\nv i a g r a c i a l i s for $99.95 at http://a.example/x\u3000today ",
    "Vіаgrа \u200bｃｈｅａｐ vìágrä",
    "a b c",
    "a b",
    "c d e f",
    "无需处方 v i a",
    "one " * (WORDS + 50),
    "x\x1cy\x85z [recipient] a@b.example 12/31/2005",
]
PIECES = [
    "v",
    "i",
    "a",
    "Word",
    "l1ke",
    "[me]",
    "a@b.example",
    "http://x.example/",
    "99",
    "é",
    "无",
    " ",
    "\n",
    "\x1f",
    "ß",
]


def assert_alike(texts: list[str]) -> None:
    column = fold_column(pa.array(texts, pa.string()))
    assert len(column) == len(texts)
    for place, text in enumerate(texts):
        assert column[place].tolist() == numbers_of(words(text)).tolist()


def test_a_column_is_its_texts():
    assert_alike(TEXTS)
    assert_alike(TEXTS[::-1])
    assert_alike([])


@given(st.lists(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map(" ".join), max_size=6))
def test_any_column_is_its_texts(texts):
    assert_alike([text.encode("utf-8", "ignore").decode() for text in texts])


def test_a_part_of_a_column_is_its_texts():
    column = fold_column(pa.array(TEXTS, pa.string()).slice(1, 3))
    assert [column[place].tolist() for place in range(3)] == [numbers_of(words(text)).tolist() for text in TEXTS[1:4]]
    assert column.take([2, 0])[1].tolist() == column[0].tolist()
    assert column.counts.tolist() == [len(words(text)) for text in TEXTS[1:4]]


def test_a_template_is_its_words_in_order():
    column = fold_column(pa.array(["buy pills now", "Buy p1lls, NOW!", "now buy pills", ""]))
    numbers = [column.template(place) for place in range(4)]
    assert numbers[0] == numbers[1]
    assert len(set(numbers)) == 3


@pytest.mark.parametrize("changed", [0, 10, 50])
def test_signatures_tell_how_many_word_pairs_are_shared(changed):
    one = [f"word{n}" for n in range(100)]
    other = [f"other{n}" if n < changed else word for n, word in enumerate(one)]
    empty, short_text = numbers_of([]), numbers_of(["a"])
    column = WordColumn.of([empty, numbers_of(one), short_text, numbers_of(other)])
    kept = short(sketch(column))
    shared = 99 - changed
    expected = shared / (2 * 99 - shared)
    assert similarity(kept[[1]], kept[[3]])[0] == pytest.approx(expected, abs=0.13)
    assert np.array_equal(kept[1], short(sketch(WordColumn.of([numbers_of(one)])))[0])
