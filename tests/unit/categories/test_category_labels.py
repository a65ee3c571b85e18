"""Labels name real templates by digest and hold nothing of their text; how decisions are scored against them."""

from __future__ import annotations

import csv
import re

import pytest

from benchmarks.categories import NOT_SPAM, Score, macro_f1, scores
from benchmarks.labelled import LABELS, half_of, labels
from transforms.categories.seeds import categories

ARCHIVES = {"spamassassin", "untroubled-2015-03", "nazario-2005"}


def test_labels_are_digests_codes_and_archives():
    with LABELS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    codes = {category.category_code for category in categories()} | {NOT_SPAM}
    assert all(
        re.fullmatch("[0-9a-f]{64}", digest) and code in codes and name in ARCHIVES for digest, code, name in rows
    )
    assert len({digest for digest, *_ in rows}) == len(rows)
    assert sum(code != NOT_SPAM for _, code, _ in rows) >= 400


def test_halves_share_nothing_and_are_all():
    dev, held = labels("dev"), labels("held")
    assert not dev.keys() & held.keys()
    assert abs(len(dev) - len(held)) < 0.2 * len(dev | held)
    assert {half_of(digest) for digest in held} == {"held"}


def test_scores_count_what_is_right_taken_and_missed():
    pairs = [("loans", "loans"), ("loans", "jobs"), ("jobs", "jobs"), ("unknown", "jobs")]
    assert scores(pairs) == {"loans": Score(1.0, 0.5, 2), "jobs": Score(pytest.approx(1 / 3), 1.0, 1)}


def test_rare_categories_do_not_count_in_the_mean():
    assert macro_f1({"loans": Score(1.0, 0.5, 3), "jobs": Score(0.0, 0.0, 2)}) == (pytest.approx(2 / 3), 1)
