"""Valid rows for the gates, made from the contracts, to be broken one way at a time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from expectations.batch import Batch
from transforms.contracts import BOOL, DAY, INT, SMALL, TEXT_LIST, TIME, Column, Table
from transforms.tables import FACTS, LOADS, TABLES

DAY_ONE = date(2005, 3, 1)
LOAD_IDS = tuple(f"trap-a-{digit * 24}" for digit in "ab")
STAGED = (LOADS, *FACTS)
Rows = dict[str, list[dict]]


def valid_rows(messages_a_load: int = 12) -> Rows:
    """Two loads of messages, each with 2 hops and a link, every third with an attachment, and a duplicate at the end."""
    rows: Rows = {table.name: [] for table in STAGED}
    for load_id in LOAD_IDS:
        for position in range(messages_a_load):
            _add_message(rows, load_id, position)
        last = {"load_id": load_id, "position": messages_a_load, "reason": "duplicate"}
        rows["rejects"].append(_row(TABLES["rejects"], **last))
        counts = {"found_count": messages_a_load + 1, "parsed_count": messages_a_load, "rejected_count": 1}
        rows["loads"].append(_row(LOADS, load_id=load_id, **counts))
    return rows


def _add_message(rows: Rows, load_id: str, position: int) -> None:
    about = {
        "load_id": load_id,
        "message_key": f"{LOAD_IDS.index(load_id)}{position:031x}",
        "captured_at": datetime(2005, 3, 1, 12) + timedelta(minutes=position),
    }
    attached = int(position % 3 == 0)
    counts = {"url_count": 1, "hop_count": 2, "attachment_count": attached}
    rows["messages"].append(_row(TABLES["messages"], **about, **counts, position=position))
    rows["urls"].append(_row(TABLES["urls"], **about))
    rows["received_hops"] += [_row(TABLES["received_hops"], **about, hop=hop) for hop in range(2)]
    rows["attachments"] += [_row(TABLES["attachments"], **about) for _ in range(attached)]


def _row(table: Table, **values: object) -> dict:
    return {column.name: _value(column) for column in table.columns} | values


def _value(column: Column) -> object:
    """A value that keeps the column's promises, whatever it means."""
    if column.name == "feed":
        return "trap-a"
    if column.pattern:
        return "0" * int(column.pattern.partition("{")[2].rstrip("}"))
    if column.allowed:
        return column.allowed[0]
    if not column.required:
        return None
    plain = {INT: column.minimum, SMALL: column.minimum, BOOL: False, DAY: DAY_ONE, TEXT_LIST: []}
    plain[TIME] = datetime(2005, 3, 2, 1)
    return plain.get(column.type, "text")


def write_staged(folder: Path, rows: Rows) -> Path:
    """The rows as a staging folder, in two files a table, like two chunks of a parse."""
    for table in STAGED:
        (folder / table.name).mkdir(parents=True)
        schema = pa.schema([pa.field(c.name, c.type) for c in table.columns])
        for number in range(2):
            chunk = pa.Table.from_pylist(rows[table.name][number::2], schema=schema)
            pq.write_table(chunk, folder / table.name / f"{number}.parquet")
    return folder


def batch(**changes: object) -> Batch:
    """The batch of the valid rows."""
    known = {
        "feed": "trap-a",
        "load_date": DAY_ONE,
        "last_date": DAY_ONE,
        "load_ids": LOAD_IDS,
        "pulled_at": datetime(2005, 3, 2, 1),
        "late_days": 0,
        "expected_count": 24,
        "past_counts": [20, 24, 25, 30],
    }
    return Batch(**(known | changes))
