"""A worker that dies is replaced; only the message that ends it twice becomes a reject."""

import os
from collections import Counter
from datetime import date

import pytest

from transforms.feeds.raw import RawMessage
from transforms.message import FeedContext, Item, parse_batch
from transforms.steps.workers import Workers
from transforms.tables import FACTS

CONTEXT = FeedContext("trap", "trap-0", date(2005, 3, 1), (), b"key")
DEADLY = b"Subject: deadly\n\nx\n"


def items(count: int, deadly: set[int] = frozenset()) -> list[Item]:
    return [
        Item(n, 0, RawMessage(DEADLY if n in deadly else f"From: a@b.example\nSubject: {n}\n\nhello\n".encode()))
        for n in range(count)
    ]


def deadly_parser(chunk, context):
    """Ends its process, as a fault in native code would."""
    if any(item.message.content == DEADLY for item in chunk):
        os._exit(139)
    return parse_batch(chunk, context)


def run(chunks, parser=parse_batch):
    with Workers(count=2, parser=parser) as workers:
        results = list(workers.parse(iter(chunks), CONTEXT))
    rows = {table.name: [row for result in results for row in result[table.name].to_pylist()] for table in FACTS}
    return rows["messages"], rows["rejects"]


def test_chunks_come_back_in_order():
    chunk = items(1500)
    messages, rejects = run([chunk[:600], chunk[600:1200], chunk[1200:]])
    assert [row["position"] for row in messages] == list(range(1500))
    assert rejects == []


@pytest.mark.parametrize("deadly", [{7}, {0, 599}], ids=["one", "first and last"])
def test_a_deadly_message_is_rejected_and_the_others_are_parsed(deadly):
    messages, rejects = run([items(600, deadly)], deadly_parser)
    assert Counter(row["reason"] for row in rejects) == {"worker_died": len(deadly)}
    assert {row["position"] for row in rejects} == deadly
    assert {row["position"] for row in messages} == set(range(600)) - deadly
