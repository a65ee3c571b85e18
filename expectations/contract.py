"""What a raw table's own description promises, as expectations: one a column, and one for the key.

The rows are read once: a single pass sets aside those that break any promise, with a flag for each column. The
expectations are then judged over these few rows; a query for each over thousands of small files would take a minute.
"""

from __future__ import annotations

from collections.abc import Iterator

from expectations.suite import NoRows, literal, literals
from transforms.contracts import TEXT_LIST, Column, Table
from transforms.tables.messages import DEFECTS

LIST_WORDS = {"defects": DEFECTS}
"""Vocabularies of list columns: every element is one of the words."""
SPOKEN_WORDS = 4
"""A vocabulary up to this size is spelled out in the expectation's name."""


def broken_rows(table: Table) -> str:
    """A query for the rows of the table's view that break a promise: where they lie, and `breaks_<column>` flags.

    Every value of every column goes into a digest on the way, so that a page which cannot be read is an error here.
    """
    broken = {column.name: " OR ".join(sql for _, sql in promises) for column, promises in _promised(table)}
    flags = ", ".join(f"({sql}) IS TRUE AS breaks_{name}" for name, sql in broken.items())
    breaks_any = " OR ".join(f"breaks_{name}" for name in broken)
    digest = f"hash({', '.join(table.schema.names)})"
    return (
        f"SELECT * EXCLUDE (digest) FROM (SELECT {places(table)}, {flags}, {digest} AS digest FROM {table.name}) "
        f"WHERE {breaks_any} OR digest IS NULL"
    )


def column_expectations(table: Table) -> Iterator[NoRows]:
    """Over the broken rows: no column breaks its promises."""
    for column, promises in _promised(table):
        name = f"{column.name}: {', '.join(words for words, _ in promises)}"
        yield NoRows(table.name, name, f"SELECT {places(table)} FROM {{batch}} WHERE breaks_{column.name}")


def key_expectation(table: Table) -> NoRows:
    """Over the table's view: no two rows share a key."""
    key = ", ".join(table.key)
    shared = f"SELECT {key} FROM {{batch}} GROUP BY ALL HAVING count(*) > 1"
    query = f"SELECT {places(table)} FROM {{batch}} SEMI JOIN ({shared}) USING ({key})"
    return NoRows(table.name, f"({key}): unique", query)


def places(table: Table) -> str:
    """The columns that say where a row lies, and nothing else about it, as SQL."""
    if "position" in table.schema.names:
        return "load_id, position"
    load = ["load_id"] if "load_id" in table.schema.names else []
    return ", ".join([*load, *(name for name in table.key if name != "load_id")])


def _promised(table: Table) -> Iterator[tuple[Column, list[tuple[str, str]]]]:
    for column in table.columns:
        if promises := list(_promises(column)):
            yield column, promises


def _promises(column: Column) -> Iterator[tuple[str, str]]:
    """What is promised, in words, and the SQL that is true of a row which breaks it."""
    name = column.name
    if column.required:
        yield "filled", f"{name} IS NULL"
    if words := column.allowed or LIST_WORDS.get(name):
        if column.type == TEXT_LIST:
            is_other = f"NOT list_has_all([{literals(words)}], {name}) OR list_count({name}) < len({name})"
            yield "only words of its vocabulary", is_other
        else:
            spoken = " or ".join(words) if len(words) <= SPOKEN_WORDS else f"one of its {len(words)} words"
            yield spoken, f"{name} NOT IN ({literals(words)})"
    if column.minimum is not None:
        yield f"at least {column.minimum}", f"{name} < {column.minimum}"
    if column.maximum is not None:
        yield f"at most {column.maximum}", f"{name} > {column.maximum}"
    if column.pattern:
        yield f"matches {column.pattern}", f"NOT regexp_full_match({name}, {literal(column.pattern)})"
