"""Rows of `received_hops` to rows of origins."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pyarrow as pa
from chains import STRANGER, hops, line

from tests.mail import message
from transforms.origin import ORIGINS, RULES_VERSION, HopFacts, read_batch
from transforms.tables.received_hops import RECEIVED_HOPS


def table(*messages: tuple[str, str, list[HopFacts]]) -> pa.Table:
    rows = [
        {
            "message_key": key,
            "feed": feed,
            **hop._asdict(),
            "received_at": hop.received_at and datetime.utcfromtimestamp(hop.received_at / 1e6),
        }
        for key, feed, lines in messages
        for hop in lines
    ]
    kept = [field for field in RECEIVED_HOPS.schema if field.name in {"message_key", "feed", *HopFacts._fields}]
    return pa.Table.from_pylist(rows, pa.schema(kept))


def test_each_message_has_one_row():
    given = table(
        ("1", "a", hops(line(STRANGER), line("x ([203.0.113.1])", "mx.trap.example"))),
        ("2", "a", hops(line("pc ([10.0.0.1])"))),
        ("3", "b", hops(line("h ([2001:db8::7])"), trusted_hosts=())),
    )
    found = read_batch(given, {"a": ("trap.example",)})
    assert found.schema == ORIGINS
    assert found.select(["message_key", "origin_ip", "origin_confidence", "origin_findings"]).to_pylist() == [
        {
            "message_key": "1",
            "origin_ip": "198.51.100.7",
            "origin_confidence": "high",
            "origin_findings": ["chain_broken", "trap_in_claims"],
        },
        {"message_key": "2", "origin_ip": None, "origin_confidence": "none", "origin_findings": []},
        {"message_key": "3", "origin_ip": "2001:db8::7", "origin_confidence": "medium", "origin_findings": []},
    ]
    assert found["origin_address"].to_pylist() == [Decimal(0xFFFFC6336407), None, Decimal(0x20010DB8 << 96 | 7)]
    assert set(found["origin_rules_version"].to_pylist()) == {RULES_VERSION}


def test_no_rows_give_no_rows():
    found = read_batch(RECEIVED_HOPS.schema.empty_table(), {})
    assert (found.schema, found.num_rows) == (ORIGINS, 0)


def test_parsed_mail_is_judged(parse_hops):
    raw = message(1, datetime(2005, 3, 10, 12))
    (row,) = read_batch(parse_hops(raw), {"trap": ("mx.trap.example",)}).to_pylist()
    assert (row["origin_ip"], row["origin_confidence"], row["origin_hop"]) == ("198.51.100.1", "high", 0)
