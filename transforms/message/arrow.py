"""The rows of many messages to Arrow tables, column by column."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

import pyarrow as pa

from transforms.contracts import Table
from transforms.message.facts import Row, Rows
from transforms.tables import FACTS

SHARED = ("message_key", "feed", "load_id", "captured_at")
"""The columns of a message that lead each row of the tables below it."""
BELOW = ("received_hops", "urls", "attachments")
"""The tables whose rows belong to a message each."""


def to_arrow(messages: Iterable[Rows]) -> dict[str, pa.Table]:
    """The tables that parsing writes, in their exact schemas, from the rows of each message.

    What a row of `received_hops`, `urls` or `attachments` shares with its message is taken from there.
    """
    rows: Rows = {table.name: [] for table in FACTS}
    owners: dict[str, list[int]] = {name: [] for name in BELOW}
    for found in messages:
        for name, new in found.items():
            if name in owners:
                owners[name] += [len(rows["messages"]) - 1] * len(new)
            rows[name] += new
    tables = {table.name: _from_dicts(table, rows[table.name]) for table in FACTS if table.name not in BELOW}
    for table in FACTS:
        if table.name in BELOW:
            tables[table.name] = _from_values(table, rows[table.name], owners[table.name], tables["messages"])
    return {table.name: tables[table.name] for table in FACTS}


def _from_dicts(table: Table, rows: list[Row]) -> pa.Table:
    columns = [pa.array(list(map(itemgetter(column.name), rows)), column.type) for column in table.columns]
    return pa.Table.from_arrays(columns, schema=table.schema)


def _from_values(table: Table, rows: list, owners: list[int], messages: pa.Table) -> pa.Table:
    if not rows:
        return table.schema.empty_table()
    index = pa.array(owners, pa.int32())
    columns = [messages.column(name).take(index) for name in SHARED]
    own = table.columns[len(SHARED) :]
    columns += [pa.array(values, column.type) for values, column in zip(zip(*rows, strict=True), own, strict=True)]
    return pa.Table.from_arrays(columns, schema=table.schema)
