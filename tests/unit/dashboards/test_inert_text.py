"""Text out of spam stays text: what it must lose, what it may keep, what it may cost."""

from __future__ import annotations

import re
import time
import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards import markup, text
from dashboards.exports import as_csv, as_parquet
from dashboards.night import inert
from tests.hostile_text import TEXTS

STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ue000]")


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_text_is_short_and_steers_nothing(name):
    shown = text.plain(TEXTS[name])
    assert 0 < len(shown) <= text.LIMIT
    assert not STEERING.search(shown)


@given(st.text(), st.booleans())
def test_no_text_breaks_it(value, keep_lines):
    shown = text.plain(value, 50, keep_lines)
    assert len(shown) <= 50
    assert not any(unicodedata.category(c) in ("Cf", "Cs", "Co", "Cn") for c in shown)
    assert ("\n" not in shown) or keep_lines


@given(st.text(alphabet="ab<>&\"'/ \u202e"))
def test_html_holds_no_tag_but_our_own(value):
    assert re.findall("<[^>]*>", text.html(value)) == ["<bdi>", "</bdi>"]
    assert '"' not in text.html(value)


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("see http://evil.example/a now", "see hxxp://evil[.]example/a now"),
        ("HTTPS://Evil.Example", "HxxPS://Evil[.]Example"),
        ("win@evil.example", "win[@]evil[.]example"),
        ("host 192.0.2.77 said", "host 192[.]0.2.77 said"),
        ("xn--80ak6aa92e.com", "xn--80ak6aa92e[.]com"),
        ("пример.рф", "пример[.]рф"),
        ("US$39.3M for $6.15, v1.2", "US$39.3M for $6.15, v1.2"),
        ("hxxp://evil[.]example", "hxxp://evil[.]example"),
    ],
)
def test_links_are_broken_and_numbers_are_not(given_text, shown):
    assert text.defanged(given_text) == shown


@pytest.mark.parametrize("host", ["evil.example", "a.b.example", "http://evil.example/x", "win@evil.example"])
def test_what_was_copied_from_a_page_can_be_searched(host):
    assert text.fanged(text.defanged(host)) == host


@pytest.mark.parametrize("size", [100_000, 2_000_000])
def test_the_cost_does_not_grow_with_the_text(size):
    begun = time.process_time()
    for piece in ("a.", "\u0336", "http://", "@a", "\u202e "):
        text.defanged(piece * size)
    assert time.process_time() - begun < 2


def test_tables_lose_what_steers_and_keep_their_types():
    table = pa.table(
        {
            "subject": ["http://evil.example \u202ex", None],
            "feed": ["trap.one", "\x1b[31m"],
            "evidence": [["phone +1555", "host a.example"], []],
            "message_count": [1, 2],
        }
    )
    clean = inert(table)
    assert clean.schema == table.schema
    assert clean.to_pylist() == [
        {
            "subject": "hxxp://evil[.]example x",
            "feed": "trap.one",
            "evidence": ["phone +1555", "host a[.]example"],
            "message_count": 1,
        },
        {"subject": None, "feed": "[31m", "evidence": [], "message_count": 2},
    ]


def test_no_cell_of_a_file_is_a_formula():
    table = pa.table(
        {"a": ["=1+1", "+1", "-1", "@x", "x"], "n": [-1, 2, 3, 4, 5], "l": [["=2"], [], ["a", "b"], [], []]}
    )
    lines = as_csv(table).decode().splitlines()
    assert lines == ["a,n,l", "'=1+1,-1,'=2", "'+1,2,", "'-1,3,a; b", "'@x,4,", "x,5,"]
    assert pa.parquet.read_table(pa.BufferReader(as_parquet(table))) == table


@pytest.mark.parametrize("name", TEXTS)
def test_pieces_of_a_page_escape_what_they_are_given(name):
    value = TEXTS[name]
    link = markup.Link("campaigns", "campaign", value, value)
    pieces = (
        markup.table([("Subject", "s"), ("Link", "l")], [{"s": value, "l": link}], value),
        markup.figures([("Domain", value, value)]),
        markup.notice("stale", value),
        markup.heading(value, 3, value),
        markup.block(value),
    )
    for piece in pieces:
        tags = {tag.split()[0] for tag in re.findall(r"</?(\w+[^>]*)>", piece)}
        assert tags <= {"div", "table", "thead", "tbody", "tr", "th", "td", "bdi", "a", "b", "h3", "p", "pre", "span"}
        assert not re.search(r"<[^>]* on\w+ *=", re.sub(r'"[^"]*"', '""', piece))
