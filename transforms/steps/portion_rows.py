"""Rows of a portion on their way into the lake: a file a table, judged, then inserted."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from transforms.contracts import Table

CAPTURED = """
    SELECT message_key, feed, load_id, captured_at FROM messages
    WHERE list_contains($loads, load_id) AND position >= $first AND position < $end
"""
"""The messages of a portion (`Portion.chosen`), straight from `messages`: what is concluded is held against them."""


def fresh(folder: Path) -> None:
    """An empty folder, whatever a killed run left there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def write_portion(folder: Path, name: str, rows: pa.Table, schema: pa.Schema | None = None) -> None:
    """Write `<name>.parquet`, in the columns and types of a schema if one is given."""
    if schema:
        rows = rows.select(schema.names).cast(schema)
    pq.write_table(rows, folder / f"{name}.parquet", compression="lz4")


def insert(con: duckdb.DuckDBPyConnection, table: Table, staged: str) -> None:
    """Insert what was staged (a FROM item): a month at a time where it has months, for memory's sake."""
    if not table.month_of:
        con.execute(f"INSERT INTO {table.name} BY NAME FROM {staged}")
        return
    month = f"date_trunc('month', {table.month_of})"
    for (first,) in con.execute(f"SELECT DISTINCT {month} FROM {staged} ORDER BY 1").fetchall():
        con.execute(f"INSERT INTO {table.name} BY NAME FROM {staged} WHERE {month} = ?", [first])
