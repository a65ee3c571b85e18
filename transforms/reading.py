"""What a reader sees: the published marts, and the raw tables as of the same night."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from transforms.lake import Lake, LakeMissing
from transforms.tables import TABLES


class NotAQuery(Exception):
    """The statement would do more than read."""


_READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)


def query(con: duckdb.DuckDBPyConnection, sql: str) -> duckdb.DuckDBPyConnection:
    """Run one reading statement. Raises NotAQuery for any other, and duckdb.Error."""
    statements = con.extract_statements(sql)
    if len(statements) != 1 or statements[0].type not in _READING:
        raise NotAQuery("give one SELECT: what is published can be read, not changed")
    return con.execute(statements[0])


def publication(lake: Lake) -> dict:
    """What readers see: `snapshot_id`, `published_at`, `report`, `state`; empty when nothing is published."""
    path = lake.published / "publication.json"
    return json.loads(path.read_text()) if path.exists() else {}


@contextmanager
def published_tables(lake: Lake) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection on which every mart and raw table of the last publication stands under its bare name.

    It can change nothing and reach nothing outside the lake's folder. Raises LakeMissing when nothing is published.
    """
    folder = lake.published.resolve()
    if not (folder / "publication.json").exists():
        raise LakeMissing(f"{lake.root}: nothing is published here yet; run `spamledger run` first, or give --lake")
    snapshot = json.loads((folder / "publication.json").read_text())["snapshot_id"]
    with lake.read(snapshot) as con:
        con.execute("USE memory")
        con.execute(f"ATTACH '{folder / 'marts.duckdb'}' AS published (READ_ONLY)")
        marts = con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'published'").fetchall()
        for (name,) in marts:
            con.execute(f"CREATE VIEW {name} AS FROM published.{name}")
        for name in TABLES:
            con.execute(f"CREATE VIEW {name} AS FROM lake.main.{name}")
        con.execute(f"SET allowed_directories = ['{lake.root}/']")
        con.execute("SET enable_external_access = false")
        con.execute("SET lock_configuration = true")
        yield con
