"""Copies from one program share the order of their tags, whatever was strewn among them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.message.skeleton import read_skeleton

HEAD = b"From: ann@sender.example\nSubject: x\nDate: Tue, 1 Mar 2005 08:00:00 +0100\n"
PAGE = "<html><body><p>buy <a href=x>now</a></p><table><tr><td>one</td></tr></table></body></html>"
SAME = {
    "other words": PAGE.replace("buy", "sell").replace("one", "two three"),
    "attributes": PAGE.replace("<p>", '<p align="center" title="<br>">').replace("<td>", "<td width=1 x='>'>"),
    "comments": PAGE.replace("buy", "b<!--kx-->u<!-- <table> --><!--->y<!-- - -- -->"),
    "tags that nobody knows": PAGE.replace("buy", "b<kxjq>u</kxjq>y<o:p></o:p><td-x>"),
    "an unknown tag with a known one in it": PAGE.replace("buy", "b<kxjq title='<br>'>uy"),
    "dressed words": PAGE.replace("buy", "<b>b</b><font color=red><i>uy</i></font><span>"),
    "letters in cells": PAGE.replace(
        "buy", "<table border=0><tr><td>b</td><td>&#117;</td><td>&nbsp;</td></tr></table>"
    ),
    "more cells": PAGE.replace("<td>one</td>", "<td>one</td><td>two</td>"),
    "more rows": PAGE.replace("<tr><td>one</td></tr>", "<tr><td>one</td></tr>" * 3),
}
OTHER = {
    "another tag": PAGE.replace("<p>", "<div>"),
    "one more tag": PAGE.replace("buy", "buy<br>"),
    "another order": "<html><body><table><tr><td>one</td></tr></table><p>buy <a href=x>now</a></p></body></html>",
}
TAGS = (
    "<p>",
    "<br>",
    "<table>",
    "<tr>",
    "<td width='1'>",
    '<a href="x">',
    "</a>",
    "</p>",
    "<img src=x>",
    "<li>",
    "<hr>",
)
WORDS = st.text("abc &;äé", max_size=6)
NOISE = st.from_regex(r"<!-- ?[a-z <>]{0,6} ?-->|</?[kxjq]{3,8}>|<[kxjq]{3,8} [a-z]=\"[a-z<>]{0,4}\">", fullmatch=True)


def test_skeleton_is_sixteen_digits():
    assert re.fullmatch("[0-9a-f]{16}", read_skeleton(PAGE))
    assert read_skeleton("no tags, <kxjq>, <b>bold</b>") is None


@pytest.mark.parametrize("name", SAME)
def test_noise_does_not_count(name):
    assert read_skeleton(SAME[name]) == read_skeleton(PAGE)


@pytest.mark.parametrize("name", OTHER)
def test_layout_counts(name):
    assert read_skeleton(OTHER[name]) != read_skeleton(PAGE)


@given(st.lists(st.tuples(st.sampled_from(TAGS), WORDS, NOISE, NOISE), max_size=20))
def test_comments_and_unknown_tags_change_nothing(pieces):
    plain = "".join(tag + word for tag, word, _, _ in pieces)
    noisy = "".join(before + tag + after + word for tag, word, before, after in pieces)
    assert read_skeleton(noisy) == read_skeleton(plain)


@given(st.text())
def test_no_text_raises(text):
    read_skeleton(text)


def test_column_is_that_of_the_first_page(parse):
    page = HEAD + b"Content-Type: text/html\n\n"
    parts = b"".join(b"--b\nContent-Type: text/html\n\n%s\n" % text for text in (b"<P>a</P>", b"<hr>b"))
    mixed = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + parts + b"--b--\n"
    assert skeleton(parse(mixed)) == skeleton(parse(page + b"<p>other")) == read_skeleton("<p>")


def test_column_is_empty_without_html(parse):
    attached = b"--b\nContent-Type: text/html\nContent-Disposition: attachment; filename=a.html\n\n<p>a\n--b--\n"
    mixed = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\n<p> is text\n" + attached
    assert skeleton(parse(HEAD + b"\n<p>hi")) is skeleton(parse(mixed)) is None


def skeleton(rows: dict[str, list[dict]]) -> str | None:
    return rows["messages"][0]["html_skeleton"]
