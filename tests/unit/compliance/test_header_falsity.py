import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.compliance.header_falsity import ORIGIN_EVIDENCE, HeaderFacts, can_exist, header_falsity

KNOWN = {"origin_ip": "203.0.113.7", "from_address": "sales@shop.example", "from_host": "shop.example"}


def found(purpose="commercial", **facts):
    return header_falsity(HeaderFacts(purpose, **(KNOWN | facts)))


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"dmarc": "pass", "spf": "fail", "dkim": "fail"},
        {"spf": "fail", "dkim": "pass"},
        {"spf": "softfail"},
        {"origin_findings": ("time_missing", "line_unreadable", "no_such_word")},
        {"origin_findings": ("chain_broken", "helo_is_trap"), "origin_confidence": "low", "dmarc": "pass"},
        {"from_address": "[recipient]@trap.example", "recipient_count": 2},
        {"from_host": "[203.0.113.9]"},
    ],
)
def test_headers_that_show_nothing_false_pass(facts):
    assert found(**facts).verdict == "pass"


@pytest.mark.parametrize(
    ("facts", "verdict", "where"),
    [
        ({"origin_findings": ("chain_broken",)}, "indicator", "received"),
        ({"origin_findings": ("chain_broken", "time_backwards")}, "indicator", "received"),
        ({"origin_findings": ("helo_is_address",)}, "indicator", "origin_helo"),
        ({"origin_findings": ("helo_is_trap",)}, "strong_indicator", "origin_helo"),
        ({"origin_findings": ("impossible_address",)}, "strong_indicator", "received"),
        ({"origin_findings": ("impossible_address",), "origin_confidence": "low"}, "strong_indicator", "received"),
        ({"dmarc": "fail"}, "strong_indicator", "authentication_results"),
        ({"spf": "fail"}, "indicator", "authentication_results"),
        ({"spf": "fail", "dkim": "none"}, "indicator", "authentication_results"),
        ({"from_host": "shop.invalid"}, "strong_indicator", "from_host"),
        ({"from_host": "localhost"}, "strong_indicator", "from_host"),
        ({"from_host": None}, "indicator", "from_host"),
        ({"from_address": "[recipient]@trap.example", "recipient_count": 1}, "strong_indicator", "from_address"),
        ({"origin_findings": ("chain_broken",), "spf": "fail"}, "strong_indicator", "received authentication_results"),
    ],
)
def test_what_speaks_of_a_false_header(facts, verdict, where):
    seen = found(**facts)
    assert (seen.verdict, seen.where) == (verdict, where)


def test_what_gives_notice_is_asked_and_what_does_neither_is_not():
    assert found("transactional", dmarc="fail").verdict == "strong_indicator"
    assert found("other", dmarc="fail").verdict == "not_applicable"
    assert found("undetermined", dmarc="fail").verdict == "not_determinable"


@pytest.mark.parametrize("facts", [{"origin_ip": None}, {"origin_confidence": "none"}])
def test_without_an_origin_and_authentication_nothing_is_known(facts):
    assert found(**facts).verdict == "not_determinable"


@pytest.mark.parametrize("host", ["shop.example", "shop.co.uk", "posta.yu", "xn--e1afmkfd.xn--p1ai", "[203.0.113.9]"])
def test_domains_that_can_exist(host):
    assert can_exist(host)


@pytest.mark.parametrize("host", ["shop.invalid", "localhost", "com", "mail.lan", "shop.comm", "...", "x."])
def test_domains_that_cannot(host):
    assert not can_exist(host)


def test_every_word_of_the_table_has_a_weight_a_field_and_a_reason():
    assert {evidence.weight for evidence in ORIGIN_EVIDENCE.values()} == {"strong", "weak"}
    assert all(evidence.field and evidence.reason for evidence in ORIGIN_EVIDENCE.values())


@given(st.text(max_size=80))
def test_any_host_is_answered(host):
    assert found(from_host=host).verdict in ("pass", "indicator", "strong_indicator")
