"""What holds of every rule and every finding."""

import re
import time
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.compliance.letters import ACCOUNT, ADDRESS, CHAT, LEAVE, LONG, PITCH, letter, link
from transforms.compliance.batch import header_batch, read_batch
from transforms.compliance.finding import VERDICTS
from transforms.compliance.header_falsity import ORIGIN_EVIDENCE, HeaderFacts, header_falsity
from transforms.compliance.rules import RULES, TEMPLATE_RULES, findings

CITATION = re.compile(r"(?:15 USC 77\d\d|16 CFR 316\.\d|18 USC 1037)[(),; \w.]*")
TEXTS = [PITCH, CHAT, ACCOUNT, LONG, "", f"{PITCH} {LEAVE} {ADDRESS}", f"{PITCH} To be removed pay a fee"]
LINKS = [[], [link()], [link(source="src")], [link("mailto:off@shop.example")]]
CODES = ["unknown", "adult", "phishing", "advance_fee", "other"]
LETTERS = [
    letter(text, links=links, category_code=code, subject=subject)
    for text in TEXTS
    for links in LINKS
    for code in CODES
    for subject in (None, "Re: your order", "ADV: pills")
]
HEADERS = [
    header_falsity(
        HeaderFacts(purpose, words, None, "203.0.113.7", "a@shop.example", "shop.example", 1, spf, None, dmarc)
    )
    for purpose in ("commercial", "transactional", "other", "undetermined")
    for words in ((), *((word,) for word in ORIGIN_EVIDENCE))
    for spf in (None, "fail")
    for dmarc in (None, "fail")
]
FOUND = {(rule.id, finding) for each in LETTERS for rule, finding in findings(each)} | {
    ("H1", each) for each in HEADERS
}


def test_every_rule_of_the_issue_is_there_and_in_force():
    assert list(RULES) == ["H1", "S1", "O1", "O3", "A1", "P1", "X1", "V2", "V3", "T1", "E1"]
    assert all(date(2004, 1, 1) <= rule.in_force_date <= date(2008, 7, 7) for rule in RULES.values())
    assert all(re.fullmatch(r"\d+\.\d+", rule.version) for rule in RULES.values())


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_is_cited(rule):
    assert CITATION.fullmatch(rule.citation)


def test_findings_keep_to_the_verdicts_and_reach_all_of_them():
    assert {finding.verdict for _, finding in FOUND} == set(VERDICTS)
    assert all(finding.reason for _, finding in FOUND)


def test_the_word_that_is_for_a_court_appears_nowhere():
    said = [*VERDICTS, *(finding.reason for _, finding in FOUND), *(rule.title for rule in RULES.values())]
    assert not [text for text in said if "violat" in text.lower()]


def test_findings_hold_nothing_of_the_mail():
    """As many reasons are distinct as the rules have words for."""
    texts = [f"{PITCH} unheard-of-{n} {n}{n} Elm Street, Reno, NV 8950{n}" for n in range(9)]
    assert len({finding.reason for text in texts for _, finding in findings(letter(text))}) <= len(TEMPLATE_RULES)


def rows(count: int) -> pa.Table:
    facts = [
        {
            "template": n,
            "subject": "Re: pills",
            "body_text": f"{PITCH} {n}",
            "links": [link()._asdict() | {"scheme": "http"}] * n if n % 2 else None,
            "files": None,
            "list_unsubscribe": None,
            "category_code": "prescription_drugs",
            "subject_category_code": None,
            "defects": ["body_truncated"] if n == 2 else [],
        }
        for n in range(count)
    ]
    return pa.Table.from_pylist(facts)


def test_a_batch_is_a_row_a_template_and_rule_each_with_its_citation():
    table = read_batch(rows(4))
    assert table.num_rows == 4 * len(TEMPLATE_RULES)
    assert table.column_names == [
        "template", "purpose", "rule_id", "rule_version", "verdict", "citation", "reason", "place",
    ]  # fmt: skip
    assert table.schema.field("template").type == pa.int64()
    for row in table.to_pylist():
        assert row["citation"] == RULES[row["rule_id"]].citation
        assert row["purpose"] == "commercial" and row["verdict"] in VERDICTS
    cut = [row for row in table.to_pylist() if row["template"] == 2 and row["rule_id"] == "P1"]
    assert cut[0]["verdict"] == "not_determinable"


def test_a_header_batch_is_a_row_a_message():
    facts = pa.table(
        {
            "message_key": ["a", "b"],
            "purpose": ["commercial", "other"],
            "origin_findings": [["helo_is_trap"], None],
            "origin_ip": ["203.0.113.7", None],
            "from_host": ["shop.example", None],
        }
    )
    found = header_batch(facts).to_pylist()
    assert [row["verdict"] for row in found] == ["strong_indicator", "not_applicable"]
    assert [row["message_key"] for row in found] == ["a", "b"]
    assert all(row["citation"] == "15 USC 7704(a)(1)" for row in found)


def test_batches_of_nothing_are_empty_tables_of_the_same_columns():
    facts = rows(1)
    assert read_batch(facts.slice(0, 0)).schema == read_batch(facts).schema
    headers = pa.table({"message_key": pa.array(["a"]), "purpose": pa.array(["other"])})
    assert header_batch(headers.slice(0, 0)).schema == header_batch(headers).schema


@settings(deadline=None)
@given(st.text(max_size=500), st.one_of(st.none(), st.text(max_size=80)), st.text(max_size=40), st.sampled_from(CODES))
def test_any_letter_is_answered_by_every_rule(text, subject, url, code):
    found = findings(letter(text, subject=subject, links=[link(url)], category_code=code))
    assert [rule.id for rule, _ in found] == [rule.id for rule, _ in TEMPLATE_RULES]
    assert all(finding.verdict in VERDICTS for _, finding in found)


@pytest.mark.parametrize(
    "unit",
    ["1 ", "1 a. ", "12345 ", "ca 90210 ", "rue a ", "box ", "p. o. b", "市", "省路", "市区路1号 ", "1 n.w. ", "remove ",
     "remove from our ", "a@b.example ", "(", "\n>", "re: ", "free ", "strasse 1 10115 b", "İ", "\0", "sw1a 2aa "],
)  # fmt: skip
def test_hostile_letters_cost_no_more_than_a_message_may(unit):
    """L1: under 100 ms; the least of three tries, since others use the processor too."""
    text = unit * (65_536 // len(unit))
    seconds = []
    for _ in range(3):
        begin = time.process_time()
        findings(letter(text, subject=text[:1000], links=[link()] * 1000, category_code="dating"))
        seconds.append(time.process_time() - begin)
    assert min(seconds) < 0.1
