"""Station 2: landed bytes to staged rows.

found = parsed + rejected, file by file: the reader of the file counts what it finds, the parser what it makes of it,
and the gate compares the two.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date

import pyarrow as pa

from transforms.feeds import read_container
from transforms.feeds.raw import BrokenPlace, RawMessage
from transforms.message import PARSER_VERSION, FeedContext, Item
from transforms.settings import Settings
from transforms.steps.batch import Batch
from transforms.steps.copies import Copies
from transforms.steps.duplicates import set_duplicates_aside
from transforms.steps.staged import StagedRows
from transforms.steps.workers import Workers
from transforms.tables import FACTS, LOADS, REJECTS

FIRST_CHUNK_MESSAGES = 250
CHUNK_MESSAGES = 2_000
CHUNK_BYTES = 16 << 20


def parse(settings: Settings, feed: str, load_date: date, again: bool = False, without: Collection[str] = ()) -> dict:
    """Stage the rows of the batch's loads that are not committed yet; with `again`, of the committed ones too.

    Loads `without` are left out. Files are read in the format that the catalogue declares now.
    Returns the number of loads, and of messages found, parsed and rejected.
    """
    batch = Batch.of(settings, feed, load_date)
    with batch.lock():
        loads = [
            load | {"format": batch.feed.format}
            for load in batch.loads("landed", "held", *(["published"] if again else []))
            if load["load_id"] not in without
        ]
        shutil.rmtree(batch.staging, ignore_errors=True)
        if not loads:
            return {"loads": 0, "found": 0, "parsed": 0, "rejected": 0}
        part = batch.staging.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        rows = StagedRows(part, FACTS)
        with Workers() as workers:
            counted = [_parse_load(batch, load, rows, workers) for load in loads]
        rows.close()
        counted = set_duplicates_aside(batch, counted, part)
        receipts = StagedRows(part, (LOADS,))
        receipts.add(LOADS.name, pa.Table.from_pylist(counted, schema=LOADS.schema))
        receipts.close()
        os.replace(part, batch.staging)
    totals = {key: sum(row[f"{key}_count"] for row in counted) for key in ("found", "parsed", "rejected")}
    return {"loads": len(counted), **totals}


def _parse_load(batch: Batch, load: dict, rows: StagedRows, workers: Workers) -> dict:
    """Stage one landed file; its row of `loads` with the counts filled in."""
    context = FeedContext(
        batch.feed.name, load["load_id"], batch.load_date, tuple(batch.feed.trusted_hosts), batch.lake.hash_key()
    )
    count = Counter()
    for staged in workers.stage(_chunks(batch, load, count, rows), context, rows.folder):
        count["parsed"] += staged.message_count
        count["rejected"] += staged.reject_count
        for name, few in staged.rows.items():
            rows.add(name, few)
    return load | {
        "found_count": count["found"],
        "parsed_count": count["parsed"],
        "rejected_count": count["rejected"],
        "parser_version": PARSER_VERSION,
    }


def _chunks(batch: Batch, load: dict, count: Counter, rows: StagedRows) -> Iterator[list[Item]]:
    """The file's messages in chunks that fit a worker, small ones first, so that all workers begin at once."""
    copies = Copies()
    chunk: list[tuple[int, RawMessage]] = []
    size, most = 0, FIRST_CHUNK_MESSAGES
    for position, raw in _messages(batch, load, count, rows):
        chunk.append((position, raw))
        size += len(raw.content)
        if len(chunk) >= most or size >= CHUNK_BYTES:
            yield _items(chunk, copies)
            chunk, size, most = [], 0, min(2 * most, CHUNK_MESSAGES)
    if chunk:
        yield _items(chunk, copies)


def _messages(batch: Batch, load: dict, count: Counter, rows: StagedRows) -> Iterator[tuple[int, RawMessage]]:
    """The file's messages with their positions; broken places are staged as rejects on the way."""
    path = batch.lake.landed(batch.feed.name, load["sha256"])
    found = read_container(path, load["name"], load["format"], is_packed_folder=load["is_packed"])
    for position, item in enumerate(found):
        count["found"] += 1
        if isinstance(item, BrokenPlace):
            count["rejected"] += 1
            rows.add(REJECTS.name, pa.Table.from_pylist([_reject_row(batch, load, position, item)], REJECTS.schema))
        else:
            yield position, item


def _items(chunk: list[tuple[int, RawMessage]], copies: Copies) -> list[Item]:
    digests = [hashlib.sha256(raw.content) for _, raw in chunk]
    numbers = copies.number([digest.digest() for digest in digests])
    return [
        Item(position, number, raw, digest.hexdigest())
        for (position, raw), number, digest in zip(chunk, numbers, digests, strict=True)
    ]


def _reject_row(batch: Batch, load: dict, position: int, broken: BrokenPlace) -> dict:
    return {
        "load_id": load["load_id"],
        "feed": batch.feed.name,
        "load_date": batch.load_date,
        "position": position,
        "entry_name": broken.entry_name,
        "byte_offset": broken.byte_offset,
        "level": "container",
        "reason": broken.reason,
        "detail": broken.detail,
    }
