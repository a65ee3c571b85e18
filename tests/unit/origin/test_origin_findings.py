"""What speaks of forgery, and what does not."""

from __future__ import annotations

import pytest
from chains import STRANGER, hops, line

from transforms.origin import FINDINGS, find_origin

BELOW = "mail.sender.example"
FORGED = {
    "chain_broken": [line(STRANGER), line("a.example ([203.0.113.1])", "mail.elsewhere.example")],
    "helo_is_address": [line("[203.0.113.9] ([198.51.100.7])")],
    "helo_is_provider": [line("mail.yahoo.com (dsl.isp.example [198.51.100.7])")],
    "helo_is_trap": [line("mx.trap.example (unknown [198.51.100.7])")],
    "impossible_address": [line(STRANGER), line("a.example ([203.300.113.1])", BELOW)],
    "line_unreadable": [line(STRANGER), "qwerty poiu; 10 Mar 2005 11:00:00 +0000"],
    "name_is_trap": [line("x (home.trap.example [198.51.100.7])")],
    "private_address": [line(STRANGER), line("mx.hotmail.com (mx.hotmail.com [10.9.9.9])", BELOW)],
    "time_after_capture": [line(STRANGER), line("a.example ([203.0.113.1])", BELOW, day=12)],
    "time_backwards": [
        line(STRANGER),
        line("a.sender.example ([203.0.113.1])", BELOW, day=8),
        line("b.example ([203.0.113.2])", "a.sender.example", day=9),
    ],
    "time_gap": [line(STRANGER), line("a.example ([203.0.113.1])", BELOW, day=1)],
    "time_missing": [line(STRANGER), f"from a.example ([203.0.113.1]) by {BELOW}"],
    "trap_in_claims": [line(STRANGER), line("a.example ([203.0.113.1])", "mx.trap.example")],
}
HONEST = {
    "a relay's line below": [line(STRANGER), line("pc ([203.0.113.1])", BELOW, hour=11)],
    "a relay by another name of its domain": [
        line(STRANGER),
        line("pc ([203.0.113.1])", "out.sender.example", hour=11),
    ],
    "a relay by a bare name": [line(STRANGER), line("pc ([10.0.0.9])", "mailhost", hour=11)],
    "a relay that names its address": [line("x ([198.51.100.7])"), line("pc ([203.0.113.1])", "198.51.100.9", hour=11)],
    "a clock in the wrong zone": [line(STRANGER), line("pc ([203.0.113.1])", BELOW, hour=20)],
    "a night in the queue": [line(STRANGER), line("pc ([203.0.113.1])", BELOW, day=8)],
    "a private greeting": [line("[192.168.1.2] ([198.51.100.7])")],
    "a provider's own host": [line("mail.yahoo.com (web1.mail.yahoo.com [198.51.100.7])")],
    "a provider, not looked up": [line("mail.yahoo.com ([198.51.100.7])")],
    "somebody's localhost": [line(STRANGER), line("pc ([127.0.0.1])", "localhost", hour=11)],
    "words of qmail below": [line(STRANGER), "(qmail 1 invoked by uid 0); 10 Mar 2005 11:00:00 -0000"],
    "a local user below": [line(STRANGER), line("joe@sender.example", BELOW, hour=11), line("pc", BELOW, hour=11)],
}


@pytest.mark.parametrize("word", FINDINGS)
def test_forgery_is_found(word):
    findings = find_origin(hops(*FORGED[word]), ("trap.example",)).findings
    assert word in findings
    assert len(findings) == 1 or word.startswith("time_") or word in ("trap_in_claims", "impossible_address")


@pytest.mark.parametrize("case", HONEST)
def test_honest_lines_give_no_finding(case):
    trusted = ("trap.example", "localhost")
    assert find_origin(hops(*HONEST[case], trusted_hosts=trusted), trusted).findings == ()


def test_findings_do_not_move_the_origin():
    for lines in FORGED.values():
        assert find_origin(hops(*lines), ("trap.example",)).origin_ip == "198.51.100.7"
