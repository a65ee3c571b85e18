"""Categories of real templates, on the half of the labels that no rule was written from; skipped without the archives."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.categories import NOT_SPAM, macro_f1, scores
from benchmarks.labelled import find, labels
from transforms.categories.deciding import categorise

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="no archives of real mail in ../shared/corpora")


@pytest.mark.slow
def test_categories_of_the_held_half():
    wanted = labels("held")
    rows = find(CORPORA, wanted)
    assert rows.keys() == wanted.keys()
    told = [(wanted[digest].category_code, categorise(row).code) for digest, row in rows.items()]
    mean, count = macro_f1(scores([pair for pair in told if pair[0] != NOT_SPAM]))
    assert count >= 14
    assert mean >= 0.90
