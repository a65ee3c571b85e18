"""Texts that only say that there is a page to see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.campaigns.stand_ins import is_stand_in


@pytest.mark.parametrize(
    "text",
    [
        "Your client cannot read this. To see it go here.",
        "This is an HTML message; please use an HTML capable mail reader.",
        "Trouble viewing? Click.",
        "View this\nmail in your browser",
        "Your program does not support pictures",
    ],
)
def test_stand_ins(text):
    assert is_stand_in(text)


@pytest.mark.parametrize(
    "text", ["Order now and save half", "Read our online catalogue of seeds", "I view it as a chance", ""]
)
def test_other_short_texts(text):
    assert not is_stand_in(text)


@given(st.text(max_size=3000))
def test_any_text_is_judged(text):
    assert is_stand_in(text) in (True, False)
