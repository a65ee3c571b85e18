"""All spellings of a word are folded to one; what differs from copy to copy is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.campaigns.folding import WORDS, words
from transforms.campaigns.scripts import script_of

PLAIN = words("viagra")


@pytest.mark.parametrize(
    "spelling",
    [
        "Viagra",
        "V1@GRA",
        "V.i.a-g*r~a",
        "Vìágrä",
        "Vіаgrа",
        "V\u200bi\u00adagra",
        "ＶＩＡＧＲＡ",
        "v i a g r a",
        "Viagra!!!",
        "(viagra)",
    ],
)
def test_a_disguised_word_is_the_word(spelling):
    assert words(f"buy {spelling} today please") == words("buy viagra today please")


@pytest.mark.parametrize(
    "varying",
    [
        "http://x.example/a?id=7",
        "www.x.example",
        "a.b@c.example",
        "[recipient]",
        "$99.95",
        "12/31/2005",
        "RX48213",
        "#4711",
    ],
)
def test_what_differs_from_copy_to_copy_is_left_out(varying):
    assert words(f"order {varying} now") == words("order now")


def test_other_scripts_have_words():
    assert words("无需处方") == ["无", "需", "处", "方"]
    assert words("Купить дешево") == ["купить", "дешево"]


def test_cyrillic_in_a_cyrillic_text_is_left_alone():
    assert script_of("Все лекарства без рецепта: http://shop.example/buy") == "Cyrl"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("cheap pills", "Latn"),
        ("Дешево", "Cyrl"),
        ("无需处方", "Hani"),
        ("くすりは安い薬", "Jpan"),
        ("약", "Hang"),
        ("", None),
        ("12 34", None),
    ],
)
def test_the_script_of_most_letters(text, script):
    assert script_of(text) == script


@given(st.text(max_size=400))
def test_any_text_has_words_without_blanks(text):
    found = words(text)
    assert len(found) <= WORDS
    assert all(word and not word.isspace() for word in found)
    assert found == words(text)


@given(st.text(alphabet="v1a@gr .-\u200b", max_size=200), st.text(alphabet="\u200b\u00ad", min_size=1, max_size=3))
def test_invisible_signs_change_nothing(text, invisible):
    assert words(text + invisible) == words(text)
