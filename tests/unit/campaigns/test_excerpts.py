"""The beginning of a text, fit to be shown."""

from __future__ import annotations

import re
import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.campaigns.excerpts import CHARS, excerpts


def excerpt(text: str) -> str | None:
    return excerpts(pa.array([text], pa.string())).to_pylist()[0]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Order now\r\nat  http://pills.example/buy?id=1", "Order now\nat  hxxp://pills[.]example/buy?id=1"),
        ("HTTPS://WWW.PILLS.EXAMPLE", "hxxpS://WWW[.]PILLS[.]EXAMPLE"),
        ("www.a.bc.de.example", "www.a[.]bc[.]de[.]example"),
        ("ftp://files.example", "fxp://files[.]example"),
        ("write to sales@pills.example today", "write to sales@pills[.]example today"),
        ("only 3.50 for 856.555.0139, e.g. now", "only 3.50 for 856.555.0139, e.g. now"),
        ("http://203.0.113.9/x", "hxxp://203.0.113.9/x"),
        ("a\u202etxt.exe\x00\u200bb", "a txt[.]exe b"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("купи.рф", "купи[.]рф"),
        (" \n\t ", None),
        ("", None),
    ],
    ids=[
        "link",
        "shouted",
        "labels",
        "ftp",
        "address",
        "numbers",
        "address-host",
        "turned",
        "markup",
        "cyrillic",
        "blank",
        "empty",
    ],
)
def test_excerpts(text, shown):
    assert excerpt(text) == shown


@given(st.text())
def test_nothing_live_nothing_hidden(text):
    shown = excerpt(text) or ""
    assert not re.search(r"(?i)\b(https?|ftp)://", shown)
    assert not [letter for letter in shown if unicodedata.category(letter) in ("Cc", "Cf") and letter != "\n"]


def test_no_more_than_the_beginning():
    assert excerpt("é" * 5_000) == "é" * CHARS
