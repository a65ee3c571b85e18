"""Who handed a message in, and how sure that is."""

from __future__ import annotations

import pytest
from chains import STRANGER, hops, line
from hypothesis import given
from hypothesis import strategies as st

from transforms.origin import CONFIDENCES, FINDINGS, HopFacts, find_origin

INSIDE = "mx.trap.example (mx.trap.example [10.0.0.5])"
CHAINS = {
    "taken from a stranger": ([line(STRANGER)], ("trap.example",), "198.51.100.7", "high"),
    "passed on inside by a private address": (
        [line(INSIDE, "store.trap.example"), line(STRANGER)],
        ("trap.example",),
        "198.51.100.7",
        "high",
    ),
    "passed on inside by a listed address": (
        [line("mx.trap.example ([203.0.113.5])", "store.trap.example"), line(STRANGER)],
        ("trap.example", "203.0.113.5"),
        "198.51.100.7",
        "high",
    ),
    "passed on inside by a reverse name": (
        [line("mx.trap.example (mx.trap.example [203.0.113.5])", "store.trap.example"), line(STRANGER)],
        ("trap.example",),
        "198.51.100.7",
        "medium",
    ),
    "fetched out of a mailbox": (
        ["from mx.trap.example [203.0.113.5] by localhost with IMAP (fetchmail-5.9.0)", line(STRANGER)],
        ("trap.example", "localhost"),
        "198.51.100.7",
        "high",
    ),
    "fetched out of a strange mailbox": (
        [
            "from pop.provider.example [203.0.113.5] by mx.trap.example with POP3",
            line(STRANGER, "pop.provider.example"),
        ],
        ("trap.example",),
        None,
        "none",
    ),
    "below qmail's own lines": (
        ["(qmail 7 invoked from network); 10 Mar 2005 12:00:00 -0000", line("unknown (HELO x) (198.51.100.7)")],
        ("trap.example",),
        "198.51.100.7",
        "high",
    ),
    "by an address that only HELO gives": ([line("[198.51.100.7]")], ("trap.example",), "198.51.100.7", "low"),
    "by an address that Exim saw": (
        ["from [198.51.100.7] by mx.trap.example with smtp (Exim 4.34) id 1; 10 Mar 2005 12:00:00 +0000"],
        ("trap.example",),
        "198.51.100.7",
        "high",
    ),
    "by a client with the trap's reverse name": (
        [line("x (home.trap.example [198.51.100.7])")],
        ("trap.example",),
        "198.51.100.7",
        "low",
    ),
    "from a private address only": ([line("pc (pc [192.168.1.9])")], ("trap.example",), None, "none"),
    "from the trap itself": ([line("mx ([203.0.113.5])")], ("trap.example", "203.0.113.5"), None, "none"),
    "no trusted hosts": ([line(STRANGER)], (), "198.51.100.7", "medium"),
    "no trusted hosts, passed on inside": (
        [line(INSIDE, "store.trap.example"), line(STRANGER)],
        (),
        "198.51.100.7",
        "medium",
    ),
    "no trusted hosts, passed on by a named host": (
        [line("mx.trap.example (mx.trap.example [203.0.113.5])", "store.trap.example"), line(STRANGER)],
        (),
        "198.51.100.7",
        "medium",
    ),
    "no trusted hosts, claims below": (
        [line(STRANGER), line("bank.example ([203.0.113.9])", "mx.trap.example")],
        (),
        "198.51.100.7",
        "medium",
    ),
    "trusted hosts that wrote nothing": (
        [line(STRANGER, "mx.other.example")],
        ("trap.example",),
        "198.51.100.7",
        "low",
    ),
    "no lines": ([], ("trap.example",), None, "none"),
}


@pytest.mark.parametrize("case", CHAINS)
def test_origin_is_the_last_address_vouched_for(case):
    lines, trusted_hosts, ip, confidence = CHAINS[case]
    origin = find_origin(hops(*lines, trusted_hosts=trusted_hosts), trusted_hosts)
    assert (origin.origin_ip, origin.confidence) == (ip, confidence)
    assert (origin.origin_hop is None) == (ip is None)


def test_names_come_with_the_address():
    origin = find_origin(hops(line("helo.example (name.example [198.51.100.7])")), ("trap.example",))
    assert (origin.origin_helo, origin.origin_name, origin.origin_hop) == ("helo.example", "name.example", 0)


def test_claimed_origin_is_the_lowest_public_address_below():
    lines = [
        line(STRANGER),
        line("a ([203.0.113.1])", "mail.sender.example"),
        line("b ([203.0.113.2])", "a.example"),
        line("c ([10.1.1.1])", "b.example"),
    ]
    origin = find_origin(hops(*lines), ("trap.example",))
    assert (origin.believed_count, origin.claimed_origin_ip) == (1, "203.0.113.2")
    assert find_origin(hops(line(STRANGER)), ("trap.example",)).claimed_origin_ip is None


NAMES = st.one_of(
    st.none(),
    st.sampled_from(("mx.trap.example", "localhost", "yahoo.com", "", "[", "x", ".", "a@b.c", "[203.0.113.9]")),
)
ADDRESSES = st.sampled_from(
    (None, "198.51.100.7", "10.0.0.1", "2001:db8::1", "0.0.0.0", "255.255.255.255", "127.0.0.1")
)
FACTS = st.builds(
    HopFacts,
    NAMES.map(lambda name: name or None),
    NAMES.map(lambda name: name or None),
    ADDRESSES,
    NAMES.map(lambda name: name or None),
    ADDRESSES,
    st.sampled_from((None, "SMTP", "POP3")),
    st.one_of(st.none(), st.integers(0, 1 << 51)),
    st.booleans(),
    st.text(max_size=60),
)


@given(st.lists(FACTS, max_size=6), st.lists(st.sampled_from(("trap.example", "localhost", "198.51.100.7"))))
def test_any_lines_are_judged(lines, trusted_hosts):
    origin = find_origin(lines, tuple(trusted_hosts))
    assert origin.confidence in CONFIDENCES
    assert set(origin.findings) <= set(FINDINGS)
    assert (origin.origin_ip is None) == (origin.confidence == "none")
    assert origin.origin_ip not in trusted_hosts or origin.origin_ip is None
