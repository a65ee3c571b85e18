"""The quick look over a column leaves out no text in which a rule finds something."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.campaigns.contacts import CONTACTS, contacts
from transforms.rings.sieve import sift
from transforms.rings.text_indicators import TEXT_INDICATORS, text_indicators

SAID = [
    "call 1-206-555-0142 or ２０６－５５５－０１４２, fax 0044 20\u00a07946 0958",
    "write to Sales.Dept@Pills-Shop.com",
    "pay to 1BoatSLRHtKNngkdXEeobR76b53LETtpyT or BC1QAR0SRRR7XFKVY5L643LYDNW9RE59GTZZWF5MDQ",
    "by e-gold 1234567, WebMoney Z123456789012",
    "Sky Link (OTC:\u00a0CKLU), symbol - ABCD; shares of CKLU: CKLU.PK",
    "P.O. Box 828, Dover; Postfach 17; PMB #44 Austin",
]


@pytest.mark.parametrize("text", SAID)
def test_what_a_rule_finds_the_column_finds(text):
    found = sift(pa.array([text, "nothing here", text]), (*TEXT_INDICATORS, *CONTACTS))
    assert found[0] == text_indicators(text) | contacts(text) != set()
    assert found[1] == set()
    assert found[2] == found[0]


PIECES = [
    "206",
    "555",
    "0142",
    "+1",
    "(",
    ")",
    "-",
    ".",
    " ",
    "call ",
    "\t",
    "０",
    "a@b.com",
    "OTC",
    ":",
    "ABCD",
    "Box",
    "17",
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from([*PIECES, *SAID]), max_size=14).map("".join))
def test_any_text_is_read_alike(text):
    assert sift(pa.array([text]), (*TEXT_INDICATORS, *CONTACTS))[0] == text_indicators(text) | contacts(text)
