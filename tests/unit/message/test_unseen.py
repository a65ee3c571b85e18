"""What a reader sees of a page, and the order of its tags."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.message.html_text import read_html
from transforms.message.skeleton import read_skeleton


@pytest.mark.parametrize(
    "hidden",
    [
        "<div style='display:none'>salad</div>",
        "<div hidden>salad</div>",
        "<span style='visibility: hidden'>salad</span>",
        "<font color=#ffffff>salad</font>",
        "<font color='#FDFEFF'>salad</font>",
        "<font color=white>salad</font>",
        "<span style='color: #fff'>salad</span>",
        "<span style='color: rgb(255, 255, 254)'>salad</span>",
        "<font style='font-size:1px'>salad</font>",
        "<span style='font-size:0'>salad</span>",
        "<table bgcolor=black><tr><td><font color=#000000>salad</font></td></tr></table>",
    ],
)
def test_what_nobody_sees_is_left_out(hidden):
    page = read_html(f"<body bgcolor=#ffffff><p>pills</p>{hidden}<p>cheap</p></body>")
    assert page.text.split() == ["pills", "cheap"]


@pytest.mark.parametrize(
    "shown",
    [
        "<table bgcolor=black><tr><td><font color=white>deal</font></td></tr></table>",
        "<table><tr><td style='background-color:#000080'><font color=#ffffff>deal</font></td></tr></table>",
        "<font color=red>deal</font>",
        "<span style='font-size:11px'>deal</span>",
        "<span style='font-size:1.5em'>deal</span>",
        "<font color=nonsense>deal</font>",
        "<font color=white><font color=black>deal</font></font>",
    ],
)
def test_what_is_seen_stays(shown):
    assert "deal" in read_html(f"<body bgcolor=#ffffff><p>pills</p>{shown}</body>").text


def test_a_word_closes_up_over_what_is_too_small_to_see():
    assert read_html("<p>Via<font style='font-size:1px'>kxq</font>gra</p>").text == "Viagra"


def test_links_of_what_is_hidden_are_kept():
    page = read_html("<div style='display:none'><a href='http://a.example/'>x</a></div>")
    assert ("href", "http://a.example/") in page.links


PAGE = "<html><body><p>one</p><p>two</p><a href='http://a.example/'>go</a><img src=x></body></html>"


@pytest.mark.parametrize(
    "same",
    [
        PAGE.replace("one", "o<!-- kx -->n<kxjq>e"),
        PAGE.replace("one", "<b>one</b> <font color=red>more</font>"),
        PAGE.replace("<p>two</p>", "<p>two</p><p>three</p>"),
        PAGE.replace("a.example", "b.example"),
        PAGE.upper(),
    ],
)
def test_polymorphic_noise_leaves_the_skeleton(same):
    assert read_html(same).skeleton == read_html(PAGE).skeleton


def test_another_layout_is_another_skeleton():
    assert read_html(PAGE.replace("<p>", "<div>")).skeleton != read_html(PAGE).skeleton
    assert read_skeleton("no tags at all") is None


@given(st.text(alphabet="<>/!-abfontdivsyle=\"' :;#0192%\n", max_size=300))
def test_any_page_can_be_read(source):
    page = read_html(source)
    assert isinstance(page.text, str)
    assert read_html(source + "<!-- x -->").skeleton == page.skeleton or "<" in source
