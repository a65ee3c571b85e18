"""One message in, its rows out: what every test of the message parsers needs."""

from __future__ import annotations

from datetime import date

import pytest

from transforms.feeds.raw import RawMessage
from transforms.message import FeedContext, Item, parse_batch

CONTEXT = FeedContext("unit", "unit-0", date(2005, 3, 1), ("mx.trap.example",), b"a key for tests")


@pytest.fixture
def context() -> FeedContext:
    return CONTEXT


@pytest.fixture
def parse():
    """Rows by table of a message given as bytes."""

    def rows(content: bytes, context: FeedContext = CONTEXT) -> dict[str, list[dict]]:
        tables = parse_batch([Item(0, 0, RawMessage(content))], context)
        return {name: table.to_pylist() for name, table in tables.items()}

    return rows
