from datetime import date

import pyarrow as pa
import pytest

from transforms.feeds import RawMessage
from transforms.message import FeedContext, Item, parse_batch


@pytest.fixture
def parse_hops():
    """Rows of `received_hops` of a raw message, captured by a feed `trap` whose host is mx.trap.example."""

    def parse(raw: bytes) -> pa.Table:
        context = FeedContext("trap", "trap-0", date(2005, 3, 1), ("mx.trap.example",), b"key")
        return parse_batch([Item(0, 0, RawMessage(raw))], context)["received_hops"]

    return parse
