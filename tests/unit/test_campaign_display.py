"""Mail shown to a person on a terminal is harmless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.reading import harmless


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("go http://a.shop.example/x", "go hxxp://a[.]shop[.]example/x"),
        ("HTTPS://b.example", "hxxpS://b[.]example"),
        ("write to joe@c.example now.", "write to joe@c[.]example now."),
        ("one\r\n\ttwo\x1b[2Jthree\x07", "one two [2Jthree"),
        ("a\u202eb", "a b"),
    ],
)
def test_links_are_dead_and_commands_are_gone(text, shown):
    assert harmless(text) == shown


@given(st.text(max_size=200))
def test_any_text_is_one_printable_line(text):
    shown = harmless(text)
    assert shown.isprintable()
    assert "http" not in shown.lower()
