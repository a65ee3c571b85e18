"""A worker that dies is replaced; only the message that ends it twice becomes a reject."""

import os
from collections import Counter
from datetime import date

import pyarrow.parquet as pq
import pytest

from transforms.feeds.raw import RawMessage
from transforms.message import FeedContext, Item, parse_batch
from transforms.steps.workers import Workers

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


@pytest.fixture
def run(tmp_path):
    """Stage chunks; the rows of `messages` and `rejects`, those in files and those that came back, and their counts."""

    def stage(chunks, parser=parse_batch):
        with Workers(count=2, parser=parser) as workers:
            results = list(workers.stage(iter(chunks), CONTEXT, tmp_path))
        rows = {
            name: [row for path in sorted((tmp_path / name).glob("*")) for row in pq.read_table(path).to_pylist()]
            + [row for result in results if name in result.rows for row in result.rows[name].to_pylist()]
            for name in ("messages", "rejects")
        }
        assert len(rows["messages"]) == sum(result.message_count for result in results)
        assert len(rows["rejects"]) == sum(result.reject_count for result in results)
        return rows["messages"], rows["rejects"]

    return stage


def test_every_message_of_every_chunk_is_staged(run, tmp_path):
    chunk = items(1500)
    messages, rejects = run([chunk[:600], chunk[600:1200], chunk[1200:]])
    assert [row["position"] for row in messages] == list(range(1500))
    assert rejects == []
    assert len(list((tmp_path / "messages").glob("*"))) == 2  # the last chunk is too small for a file


@pytest.mark.parametrize("deadly", [{7}, {0, 599}], ids=["one", "first and last"])
def test_a_deadly_message_is_rejected_and_the_others_are_parsed(run, deadly):
    messages, rejects = run([items(600, deadly)], deadly_parser)
    assert Counter(row["reason"] for row in rejects) == {"worker_died": len(deadly)}
    assert {row["position"] for row in rejects} == deadly
    assert {row["position"] for row in messages} == set(range(600)) - deadly
