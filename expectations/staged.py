"""Suites over a batch's staged rows: each table against its contract, and the tables against each other.

Views: `files` (faults of the files), `staged_<table>` (all rows of the folder), `<table>` (rows of the judged loads),
`broken_<table>` (those of them that break a promise of their column). The latter two leave out the messages that
`repeats.parquet` names: they are rejects.
Tables are compared only when all of them can be read; one that cannot is a critical failure already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from expectations.arrival import capture_expectations, reject_expectations, volume_expectations
from expectations.batch import Batch
from expectations.contract import broken_rows, column_expectations, key_expectation, places
from expectations.rows import Rows, fault_in_columns, fault_in_schema
from expectations.suite import Expectation, NoRows, Suite, literal, literals
from transforms.contracts import Table
from transforms.tables import ATTACHMENTS, FACTS, LOADS, MESSAGES, RECEIVED_HOPS, REJECTS, URLS

JUDGED = (LOADS, *FACTS)
CHILDREN = ((RECEIVED_HOPS, "hop_count"), (URLS, "url_count"), (ATTACHMENTS, "attachment_count"))
"""Tables with rows of a message, and the column of `messages` that counts them."""


def add_staged_views(rows: Rows, staging: Path, load_ids: Iterable[str]) -> None:
    """Make the views that the suites read."""
    repeats = "repeats" if (staging / "repeats.parquet").exists() else None
    if repeats:
        rows.add(repeats, staging / "repeats.parquet", fault_in_columns(("message_key", "load_id")))
    for table in JUDGED:
        rows.add(f"staged_{table.name}", staging / table.name, fault_in_schema(table))
        without = repeats if repeats in rows.readable and "message_key" in table.schema.names else None
        rows.narrow(table.name, f"staged_{table.name}", load_ids, without)
        rows.read(f"broken_{table.name}", table.name, broken_rows(table))


def is_whole(rows: Rows, batch: Batch) -> bool:
    """Whether the batch is all that is staged: a part of it says nothing about the volume of its period."""
    try:
        return set(rows.con.execute("SELECT load_id FROM staged_loads").fetchall()) == {(i,) for i in batch.load_ids}
    except duckdb.Error:  # a suite judges the file, and says so
        return False


def staged_suites(batch: Batch, readable: set[str], is_whole: bool) -> Iterator[Suite]:
    """The suites for what can be read, with those of its volume when the batch `is_whole`."""
    yield Suite("files", tuple(_whole_files(table) for table in JUDGED))
    are_all_readable = all(table.name in readable for table in JUDGED)
    if are_all_readable:
        yield Suite("staged_loads", (_landed(batch), *(_stray_rows(batch, table) for table in JUDGED)))
    between = _between_tables(batch, is_whole) if are_all_readable else {}
    for table in JUDGED:
        if table.name in readable:
            yield Suite(f"broken_{table.name}", tuple(column_expectations(table)))
            yield Suite(table.name, (key_expectation(table), *between.get(table.name, ())))


def _between_tables(batch: Batch, is_whole: bool) -> dict[str, list[Expectation]]:
    """What holds between tables, by the view that each suite is run over."""
    messages = [*_positions(), *capture_expectations(batch)]
    if is_whole:
        messages += volume_expectations(batch)
    return {
        LOADS.name: list(_counts()),
        MESSAGES.name: messages,
        REJECTS.name: list(reject_expectations()),
        **{child.name: list(_children(child, count)) for child, count in CHILDREN},
    }


def _whole_files(table: Table) -> NoRows:
    views = literals([f"staged_{table.name}", table.name])
    query = f"SELECT file, problem FROM {{batch}} WHERE view_name IN ({views})"
    return NoRows(table.name, "whole files with the columns of the contract", query)


def _landed(batch: Batch) -> NoRows:
    asked = f"SELECT unnest([{literals(batch.load_ids)}]) AS load_id"
    return NoRows(LOADS.name, "every judged load is there", f"FROM ({asked}) ANTI JOIN {{batch}} USING (load_id)")


def _stray_rows(batch: Batch, table: Table) -> NoRows:
    """Over all rows of the folder: one that no load or another feed owns would be left behind or end elsewhere."""
    stray = [f"feed IS DISTINCT FROM {literal(batch.feed)}", "load_id IS NULL"]
    if "load_date" in table.schema.names:
        stray.append(f"load_date IS DISTINCT FROM {literal(batch.load_date)}")
    unknown = "load_id NOT IN (SELECT load_id FROM {batch} WHERE load_id IS NOT NULL)"
    query = f"SELECT {places(table)} FROM staged_{table.name} WHERE {' OR '.join([*stray, unknown])}"
    return NoRows(table.name, "every row belongs to the batch", query)


def _counts() -> Iterator[NoRows]:
    """found = parsed + rejected: the counts of the file's reader against each other and against the rows."""
    unequal = "(found_count = parsed_count + rejected_count) IS NOT TRUE"
    yield NoRows(LOADS.name, "found = parsed + rejected", f"SELECT load_id FROM {{batch}} WHERE {unequal}")
    for count, table in (("parsed_count", MESSAGES), ("rejected_count", REJECTS)):
        rows = f"SELECT load_id, count(*) AS row_count FROM {table.name} GROUP BY ALL"
        query = (
            f"SELECT load_id FROM {{batch}} LEFT JOIN ({rows}) USING (load_id) "
            f"WHERE {count} IS DISTINCT FROM coalesce(row_count, 0)"
        )
        yield NoRows(LOADS.name, f"{count} = rows in {table.name}", query)


def _positions() -> Iterator[NoRows]:
    """Every place of a landed file is one row, in `messages` or in `rejects`."""
    taken = "SELECT load_id, position FROM {batch} UNION ALL SELECT load_id, position FROM rejects"
    repeated = f"SELECT load_id, position FROM ({taken}) GROUP BY ALL HAVING count(*) > 1"
    yield NoRows(MESSAGES.name, "a position is a message or a reject, once", repeated)
    ends = f"SELECT load_id, count(*) AS n, min(position) AS first, max(position) AS last FROM ({taken}) GROUP BY ALL"
    is_dense = "CASE WHEN found_count = 0 THEN n IS NULL ELSE n = found_count AND first = 0 AND last = n - 1 END"
    dense = f"SELECT load_id FROM loads LEFT JOIN ({ends}) USING (load_id) WHERE ({is_dense}) IS NOT TRUE"
    yield NoRows(MESSAGES.name, "positions run from 0 without a gap", dense)


def _children(child: Table, count: str) -> Iterator[NoRows]:
    owned = "SELECT message_key, load_id, feed, captured_at FROM messages"
    orphans = (
        f"SELECT {places(child)} FROM {{batch}} ANTI JOIN ({owned}) USING (message_key, load_id, feed, captured_at)"
    )
    yield NoRows(child.name, "every row belongs to a message of its load", orphans)
    counted = "SELECT message_key, count(*) AS row_count FROM {batch} GROUP BY ALL"
    unequal = (
        f"SELECT load_id, position FROM messages LEFT JOIN ({counted}) USING (message_key) "
        f"WHERE {count} IS DISTINCT FROM coalesce(row_count, 0)"
    )
    yield NoRows(MESSAGES.name, f"{count} = rows in {child.name}", unequal)
