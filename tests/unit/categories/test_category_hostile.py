"""Whatever a message holds, a decision is made, soon."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.categories.letters import letter
from transforms.categories.deciding import categorise
from transforms.categories.seeds import categories

CODES = {category.category_code for category in categories()}
LONG = 1 << 18


@given(st.text(max_size=300), st.text(max_size=80), st.none() | st.text(max_size=40), st.none() | st.text(max_size=40))
def test_any_text_gets_a_decision(text, subject, name, address):
    decided = categorise(letter(text, subject, name, address))
    assert decided.code in CODES
    assert 0 <= decided.confidence <= 1
    assert decided == categorise(letter(text, subject, name, address))


@given(
    st.lists(st.fixed_dictionaries({"url": st.text(max_size=60), "host": st.none() | st.text(max_size=30)}), max_size=4)
)
def test_any_link_gets_a_decision(links):
    row = letter() | {"links": [link | {"source": "text"} for link in links]}
    assert categorise(row).code in CODES


@given(st.lists(st.tuples(st.none() | st.text(max_size=30), st.text(max_size=30)), max_size=4))
def test_any_file_gets_a_decision(files):
    assert categorise(letter(files=tuple(files))).code in CODES


@pytest.mark.parametrize(
    "text",
    [
        "viagra " * LONG,
        "a " * LONG,
        "<" * LONG,
        "<" * 9 + "a" * LONG,
        "< > " * LONG,
        "no prescription no " * LONG,
        "\u0301" * LONG,
        "賭" * LONG,
        "casino-" * LONG,
        "aB" * LONG,
    ],
    ids=lambda text: ascii(text[:8]),
)
def test_work_is_bounded(text):
    links = ({"url": f"http://{text}", "host": text, "source": "text"},) * 1000
    row = letter(text, text, text, f"a@{text}") | {
        "links": links,
        "files": [{"filename": text, "content_type": text}] * 1000,
    }
    categorise(row)
    seconds = []
    for _ in range(5):  # the quickest: a busy machine makes any one of them slower
        begun = time.process_time()
        categorise(row)
        seconds.append(time.process_time() - begun)
    assert min(seconds) < 0.1


@pytest.mark.parametrize("missing", ["subject", "from_name", "from_address", "links", "files"])
def test_what_is_missing_is_no_matter(missing):
    assert categorise(letter("casino roulette") | {missing: None}).code == "gambling"
