"""Origins are looked up in a large table of networks in one pass, and what it does not know stays empty."""

from __future__ import annotations

import time
from datetime import datetime

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from transforms.origin.addresses import number
from transforms.origin.networks import NETWORKS, Networks
from transforms.steps.portions import Load, Portion
from transforms.steps.tracing import _stage
from transforms.steps.tracing_facts import empty_tables
from transforms.tables import MESSAGES

AT = datetime(2005, 3, 1)
FOUND = empty_tables()["origins"].schema
SECONDS = 15
"""Each with all would take minutes."""


def networks(count: int) -> Networks:
    """Every second /24 from 1.0.0.0 on."""
    first = number("1.0.0.0")
    starts = [first + 512 * place for place in range(count)]
    columns = {"first_address": starts, "last_address": [start + 255 for start in starts], "asn": range(count)}
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return Networks(pa.Table.from_pylist(rows, schema=NETWORKS), "some")


def found(count: int) -> pa.Table:
    """Origins in 1.0.0.0/8, one a /24, and one message without."""
    first = number("1.0.0.7")
    rows = [
        {"message_key": f"{place:032x}", "captured_at": AT, "origin_address": first + 256 * place}
        for place in range(count)
    ]
    return pa.Table.from_pylist([*rows, {"message_key": "f" * 32, "captured_at": AT}], schema=FOUND)


def test_a_large_table_is_joined_in_one_pass(tmp_path):
    began = time.monotonic()
    with duckdb.connect() as con:
        con.register("messages", MESSAGES.schema.empty_table())
        _stage(con, tmp_path / "tracing", Portion((Load("trap-1", 0, AT),)), filled_in(found(30_000)), networks(60_000))
    assert time.monotonic() - began < SECONDS
    rows = pq.read_table(tmp_path / "tracing" / "message_origins.parquet")
    assert rows.num_rows == 30_001
    assert rows["asn"].to_pylist()[:4] == [0, None, 1, None]
    assert rows["networks_version"].to_pylist()[:2] == ["some", None]
    assert rows["asn"][30_000].as_py() is None


def filled_in(table: pa.Table) -> pa.Table:
    """With what every row must have."""
    filled = {"feed": "trap", "load_id": "trap-1", "origin_confidence": "high", "header_verdict": "pass"}
    filled |= {"header_reason": "r", "header_rule_version": "1"}
    for name, value in filled.items():
        table = table.set_column(FOUND.get_field_index(name), name, pa.array([value] * table.num_rows))
    empty = pa.array([[]] * table.num_rows, pa.list_(pa.string()))
    return table.set_column(FOUND.get_field_index("origin_findings"), "origin_findings", empty)
