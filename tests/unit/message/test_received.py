"""Received lines of the servers that write them, and what follows from trusting some of their writers."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.message.received import Hop, read_received
from transforms.message.trust import capture_time, count_trusted, find_origin

LINES = {
    "from a.example (b.example [198.51.100.1]) by c.example (Postfix) with ESMTP id Q1 for <t@mx.example>; Tue, 1 Mar 2005 08:00:00 +0000": Hop(
        "a.example", "b.example", "198.51.100.1", "c.example", None, "ESMTP", "Q1", "t@mx.example", datetime(2005, 3, 1, 8)
    ),
    "from unknown (HELO a.example) (198.51.100.1) by c.example with SMTP; 1 Mar 2005 08:00:00 -0000": Hop(
        "a.example", None, "198.51.100.1", "c.example", None, "SMTP", None, None, datetime(2005, 3, 1, 8)
    ),
    "from b.example (HELO a.example) (joe@198.51.100.1) by c.example with SMTP; 1 Mar 2005 08:00:00 -0000": Hop(
        "a.example", "b.example", "198.51.100.1", "c.example", None, "SMTP", None, None, datetime(2005, 3, 1, 8)
    ),
    "(qmail 18604 invoked by uid 89); 1 Mar 2005 08:00:00 -0000": Hop(
        None, None, None, None, None, None, None, None, datetime(2005, 3, 1, 8)
    ),
    "from a.example (root@b.example [198.51.100.1] (may be forged)) by C.Example (8.12.1/8.12.1) with ESMTP id j21; Tue, 1 Mar 2005 03:00:00 -0500 (EST)": Hop(
        "a.example", "b.example", "198.51.100.1", "c.example", None, "ESMTP", "j21", None, datetime(2005, 3, 1, 8)
    ),
    "(from joe@localhost) by c.example (8.11.6/8.11.6) id j21 for t@mx.example; Tue, 1 Mar 2005 08:00:00 GMT": Hop(
        None, None, None, "c.example", None, None, "j21", "t@mx.example", datetime(2005, 3, 1, 8)
    ),
    "from b.example ([198.51.100.1]:2525 helo=a.example) by c.example with esmtps (TLS1.0:RSA:32) (Exim 4.50) (envelope-from <x@y.example>) id 1D6-01 for t@mx.example; Tue, 01 Mar 2005 08:00:00 +0000": Hop(
        "a.example", "b.example", "198.51.100.1", "c.example", None, "ESMTPS", "1D6-01", "t@mx.example", datetime(2005, 3, 1, 8)
    ),
    "from a.example (198.51.100.1) by c.example (198.51.100.2) with Microsoft SMTP Server id 8.1.336.0; Tue, 1 Mar 2005 08:00:00 +0000": Hop(
        "a.example", None, "198.51.100.1", "c.example", "198.51.100.2", "MICROSOFT", "8.1.336.0", None, datetime(2005, 3, 1, 8)
    ),
    "from a.example (198.51.100.1) by c.example with SMTP; 1 Mar 2005 08:00:00 -0000": Hop(
        "a.example", "a.example", "198.51.100.1", "c.example", None, "SMTP", None, None, datetime(2005, 3, 1, 8)
    ),
    "from Exim.c.example ([198.51.100.1]) by c.example with ESMTP id Q1": Hop(
        "Exim.c.example", None, "198.51.100.1", "c.example", None, "ESMTP", "Q1", None, None
    ),
    "(qmail+freegate 8970 invoked by alias); 1 Mar 2005 08:00:00 -0000": Hop(
        None, None, None, None, None, None, None, None, datetime(2005, 3, 1, 8)
    ),
    "from a.example ([198.51.100.1]) by with SMTP id Q1": Hop(
        "a.example", None, "198.51.100.1", None, None, "SMTP", "Q1", None, None
    ),
    "from pc[198.51.100.7] by c.example with SMTP": Hop("pc", None, "198.51.100.7", "c.example", None, "SMTP", None, None, None),
    "from a.example by c.example with SMTP id 1 for <one@trap.example>, <two@trap.example>, three@trap.example; 1 Mar 2005 08:00:00 +0000": Hop(
        "a.example", None, None, "c.example", None, "SMTP", "1", "one@trap.example", datetime(2005, 3, 1, 8),
        ("two@trap.example", "three@trap.example"),
    ),
    "from mail pickup service by c.example with Microsoft SMTPSVC; Tue, 1 Mar 2005 08:00:00 +0000": Hop(
        "mail", None, None, "c.example", None, "MICROSOFT", None, None, datetime(2005, 3, 1, 8)
    ),
    "by 10.1.2.3 with SMTP id x7; Tue, 1 Mar 2005 00:00:00 -0800 (PST)": Hop(
        None, None, None, "10.1.2.3", "10.1.2.3", "SMTP", "x7", None, datetime(2005, 3, 1, 8)
    ),
    "from a.example ([IPv6:2001:DB8::1]) by c.example with ESMTP": Hop(
        "a.example", None, "2001:db8::1", "c.example", None, "ESMTP", None, None, None
    ),
    "by c.example with SMTP id 1 for example, does so for t@mx.example": Hop(
        None, None, None, "c.example", None, "SMTP", "1", "t@mx.example", None
    ),
    "from a.example someone@a.example [198.51.100.1] by c.example with Novell NIMS; Tue, 1 Mar 2005 08:00:00 +0000": Hop(
        "a.example", None, "198.51.100.1", "c.example", None, "NOVELL", None, None, datetime(2005, 3, 1, 8)
    ),
    "from b.example(198.51.100.1), claiming to be \"a.example\" via SMTP by c.example, id smtpd1; Tue, 1 Mar 2005 08:00:00 +0000": Hop(
        "a.example", "b.example", "198.51.100.1", "c.example", None, None, "smtpd1", None, datetime(2005, 3, 1, 8)
    ),
    "from MAILER-DAEMON id e07 by c.example (DragonFly Mail Agent v0.13); Tue, 1 Mar 2005 08:00:00 +0000": Hop(
        "MAILER-DAEMON", None, None, "c.example", None, None, "e07", None, datetime(2005, 3, 1, 8)
    ),
    "by c.example with SMTP; Tue, 1 Mar 2005 08:00:00 +0000 id 7 for <t@mx.example>": Hop(
        None, None, None, "c.example", None, "SMTP", "7", "t@mx.example", datetime(2005, 3, 1, 8)
    ),
    "from 198.51.100.1 by c.example (10.0.0.1) with HTTP (WebMailUI); 2005-Mar-01 08:00:00": Hop(
        "198.51.100.1", None, "198.51.100.1", "c.example", "10.0.0.1", "HTTP", None, None, datetime(2005, 3, 1, 8)
    ),
    "": Hop(*[None] * 9),
}  # fmt: skip

HELO_CLAIMS = [
    "from pc[203.0.113.9] (unknown [198.51.100.1]) by c.example (Postfix) with SMTP id Q1",
    "from [203.0.113.9] (unknown [198.51.100.1]) by c.example (Postfix) with SMTP id Q1",
    "from 203.0.113.9 ([198.51.100.1]) by c.example (8.12.10/8.12.10) with SMTP id j21",
    "from [198.51.100.1] (helo=[203.0.113.9]) by c.example with smtp (Exim 4.34) id 1D6-01",
    "from [198.51.100.1] (port=2525 helo=203.0.113.9) by c.example with smtp (Exim 4.34) id 1D6-01",
    "from b.example ([198.51.100.1] helo=[203.0.113.9]) by c.example with smtp (Exim 4.34) id 1D6-01",
    "from unknown (HELO [203.0.113.9]) (198.51.100.1) by c.example with SMTP",
    "from unknown (HELO 203.0.113.9) (198.51.100.1) by c.example with SMTP",
    "from 203.0.113.9 (EHLO [203.0.113.9]) (198.51.100.1) by c.example with SMTP",
    "from [198.51.100.1] (account joe HELO [203.0.113.9]) by c.example (CommuniGate Pro SMTP 5.2.3) with ESMTP id 7",
]


@pytest.mark.parametrize("line", HELO_CLAIMS)
def test_address_in_helo_is_not_taken_for_the_one_that_was_seen(line):
    assert read_received(line).from_ip == "198.51.100.1"


@pytest.mark.parametrize("line", LINES)
def test_line_is_read(line):
    assert read_received(line) == LINES[line]


@given(st.text(alphabet="frombywith id(),;:<>[]@.0123456789abc", max_size=120))
def test_any_line_is_read(line):
    hop = read_received(line)
    assert hop.by_host is None or hop.by_host == hop.by_host.lower()


def hop(
    by: str | None, ip: str | None = None, hour: int | None = None, by_ip: str | None = None, name: str | None = None
) -> Hop:
    at = None if hour is None else datetime(2005, 3, 1, hour)
    return Hop("mx.trap.example", name, ip, by, by_ip, None, None, None, at)


@pytest.mark.parametrize(
    ("hops", "trusted_hosts", "count"),
    [
        ([hop("mx.trap.example"), hop("other.example")], ("trap.example",), 1),
        ([hop("MX.trap.example".lower()), hop("in.trap.example")], ("TRAP.example.",), 2),
        ([hop("nottrap.example")], ("trap.example",), 0),
        ([hop("trap.example.attacker.test")], ("trap.example",), 0),
        ([hop(None), hop("mx.trap.example"), hop(None), hop("in.trap.example"), hop(None)], ("trap.example",), 4),
        ([hop(None), hop("other.example"), hop("mx.trap.example")], ("trap.example",), 0),
        ([hop("whatever", by_ip="192.0.2.1")], ("192.0.2.1",), 1),
        ([hop("mx.trap.example", "198.51.100.7"), hop("mx.trap.example", "203.0.113.9")], ("mx.trap.example",), 1),
        (
            [hop("mx.trap.example", "198.51.100.7", name="in.trap.example"), hop("mx.trap.example")],
            ("trap.example",),
            2,
        ),
        ([hop("mx.trap.example", "198.51.100.7"), hop("mx.trap.example")], ("trap.example", "198.51.100.7"), 2),
        ([hop("mx.trap.example", "10.0.0.7"), hop("mx.trap.example")], ("trap.example",), 2),
        ([hop("localhost"), hop("nal.localhost")], ("localhost",), 1),
        (
            [hop("mx.trap.example", "198.51.100.7", name="mx.trap.example"), hop("mx.trap.example")],
            ("trap.example",),
            1,
        ),
        (
            [hop("mx.trap.example", "198.51.100.7")._replace(protocol="IMAP"), hop("in.trap.example")],
            ("trap.example",),
            2,
        ),
        (
            [hop("mx.trap.example", "198.51.100.7", name="localhost"), hop("localhost")],
            ("trap.example", "localhost"),
            1,
        ),
        ([hop("evil.192.0.2.1")], ("192.0.2.1",), 0),
        ([hop("mx.trap.example")], (), 0),
        ([], ("trap.example",), 0),
    ],
)
def test_trust_runs_from_the_top(hops, trusted_hosts, count):
    assert count_trusted(hops, trusted_hosts) == count


def test_capture_time_is_the_topmost_that_is_told():
    assert capture_time([hop("a"), hop("b", hour=7), hop("c", hour=6)]) == datetime(2005, 3, 1, 7)
    assert capture_time([]) is None


@pytest.mark.parametrize(
    ("addresses", "origin"),
    [
        (["127.0.0.1", "198.51.100.1"], "198.51.100.1"),
        (["198.51.100.1", "10.0.0.1"], "198.51.100.1"),
        (["198.51.100.1", "198.51.100.2", None], "198.51.100.2"),
        (["192.168.1.1", "fe80::1", "::1", "100.64.0.1", "172.31.0.1"], None),
    ],
)
def test_origin_is_the_outermost_public_address(addresses, origin):
    found = find_origin([hop("mx.trap.example", ip) for ip in addresses])
    assert (found.from_ip if found else None) == origin


def test_forged_line_in_the_name_of_the_trap_gives_no_origin(parse):
    (message,) = parse(
        b"Received: from evil.example ([198.51.100.7]) by mx.trap.example; Tue, 1 Mar 2005 08:00:00 +0000\n"
        b"Received: from bank.example ([203.0.113.9]) by mx.trap.example; Tue, 1 Mar 2005 07:00:00 +0000\n"
        b"From: a@b.example\n\nx\n"
    )["messages"]
    assert (message["origin_ip"], message["origin_helo"]) == ("198.51.100.7", "evil.example")
