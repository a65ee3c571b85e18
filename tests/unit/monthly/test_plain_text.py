"""Text out of spam: nothing in it acts or links, and it stays short."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.monthly.plain_text import MOST_MARKS, defanged, plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  Cheap\r\n\tpills\u2028now ", "Cheap pills now"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("\u2066a\u2069\u200b\ufeffb\x00\x1b[31m", "ab[31m"),
        ("a\u0300\u0301\u0302\u0303b", "a\u0300\u0301b"),
        ("\u3164\u2800 \u115f", ""),
        ("\ud800x", "x"),
        ("שלום", "שלום"),
        ("x" * 100, "x" * 89 + "…"),
    ],
)
def test_what_acts_on_its_neighbours_is_left_out(text, shown):
    assert plain(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("example.com", "example[.]com"),
        ("https://a.b.example/x?y", "https[:]//a[.]b[.]example/x?y"),
        ("me@example.com", "me[@]example[.]com"),
        ("3com.example, 3.com", "3com[.]example, 3[.]com"),
        ("example．com example｡com", "example[.]com example[.]com"),
        ("81.145.0.0/24 costs 1.50", "81.145.0.0/24 costs 1.50"),
        ("The end. Or not.", "The end. Or not."),
        ("пример.рф", "пример[.]рф"),
        ("e\u0323.com, -.example.com", "e\u0323[.]com, -[.]example[.]com"),
        ("only $.50 or 3.5%", "only $.50 or 3.5%"),
    ],
)
def test_what_a_program_would_make_a_link_of_is_broken(text, shown):
    assert defanged(text) == shown


@given(st.text(st.characters(), max_size=400), st.integers(2, 60))
def test_any_text_stays_plain_and_short(text, limit):
    shown = plain(text, limit)
    assert len(shown) <= limit
    assert plain(shown, limit) == shown
    assert not any(unicodedata.category(character)[0] == "C" for character in shown)
    kinds = "".join("m" if unicodedata.category(character) in ("Mn", "Me") else "x" for character in shown)
    assert "m" * (MOST_MARKS + 1) not in kinds
    assert "://" not in defanged(text, limit)


def test_a_long_text_costs_little():
    assert len(defanged("\u0300@." * 10_000_000, 50)) <= 50 * 3
