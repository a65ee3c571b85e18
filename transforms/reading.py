"""What a reader sees: the published marts, and the raw tables as of the same night."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from transforms import interruption
from transforms.lake import Lake, describe, quoted
from transforms.publications import MARTS_FILE, publication_as_of, published
from transforms.tables import TABLES
from transforms.tables.shown import CAMPAIGN_MEMBERS, PUBLICATION


class NotAQuery(Exception):
    """The statement would do more than read."""


FUNCTIONS = {"duckdb_columns", "duckdb_tables", "generate_series", "json_each", "json_tree", "range", "unnest"}
"""Table functions that a query may call: others read files, write logs or change a lake, from within a SELECT."""


ALIASES = {"campaigns": "dim_campaign", "rings": "dim_ring"}
"""Other names of marts."""

_PUBLISHED = """
    SELECT table_name FROM duckdb_tables() WHERE database_name = 'published'
    UNION ALL SELECT view_name FROM duckdb_views() WHERE database_name = 'published' AND NOT internal
"""
_MARTS = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'lake' AND schema_name = 'marts'"
_RAW = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'lake' AND schema_name = 'main'"
_MEMBERS = f"""
    CREATE VIEW campaign_members AS SELECT {", ".join(column.name for column in CAMPAIGN_MEMBERS.columns)}
    FROM campaign_assignments JOIN campaign_ids USING (assigned_campaign_id)
"""


def query(con: duckdb.DuckDBPyConnection, sql: str) -> duckdb.DuckDBPyConnection:
    """Run one reading statement. Raises NotAQuery for any other, and duckdb.Error."""
    statements = con.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise NotAQuery("give one SELECT: what is published can be read, not changed")
    if strange := sorted(_table_functions(con, sql) - FUNCTIONS):
        raise NotAQuery(f"{', '.join(strange)}: of the functions that make tables, use {', '.join(sorted(FUNCTIONS))}")
    interruption.check()
    return con.execute(statements[0])


def _table_functions(con: duckdb.DuckDBPyConnection, sql: str) -> set[str]:
    """Names of the table functions that a SELECT calls, in its subqueries too."""
    try:
        tree = json.loads(con.execute("SELECT json_serialize_sql(?)", [sql]).fetchone()[0])
    except RecursionError:
        raise NotAQuery("this is nested too deeply to be looked through; write it in parts, WITH … AS (…)") from None
    if tree["error"]:
        raise NotAQuery(f"this cannot be looked through: {tree.get('error_message')}")
    names, left = set(), [tree]
    while left:
        branch = left.pop()
        if isinstance(branch, dict):
            if branch.get("type") == "TABLE_FUNCTION":
                names.add(branch["function"].get("function_name", "").lower())
            branch = branch.values()
        left += [part for part in branch if isinstance(part, dict | list)]
    return names


@contextmanager
def published_tables(lake: Lake, as_of: str | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection on which every mart and raw table of the last publication stands under its bare name; besides them
    `campaign_members`, the messages of campaigns under the campaigns' present ids.

    `as_of` a day, an instant or a snapshot's number it is the publication that readers saw then, as
    `transforms.publications` finds it: the marts and raw tables of its snapshot, out of the lake.

    It can change nothing and open no file but those of raw tables and marts: landed mail and the key of the recipient
    hashes lie beside them. Raises LakeMissing when nothing is published, and NeverPublished.
    """
    folder, shown = published(lake)
    if as_of is not None:
        shown = publication_as_of(lake, as_of)
    with lake.read(shown["snapshot_id"]) as con:
        con.execute("USE memory")
        marts = _views_of_snapshot(con, shown) if as_of is not None else _views_of_file(con, folder)
        raw = {name for (name,) in con.execute(_RAW).fetchall()}  # an old publication knows fewer
        for name in TABLES.keys() & raw:
            con.execute(f"CREATE VIEW {name} AS FROM lake.main.{name}")
        if "campaign_ids" in marts:
            con.execute(_MEMBERS)
            describe(con, CAMPAIGN_MEMBERS.comments(), "VIEW")
        con.execute(f"SET allowed_directories = [{quoted(f'{lake.data}/')}, {quoted(f'{folder}/')}]")
        con.execute("SET python_enable_replacements = false")
        con.execute("SET enable_external_access = false")
        con.execute("SET lock_configuration = true")
        yield con


def _views_of_file(con: duckdb.DuckDBPyConnection, folder: Path) -> set[str]:
    """The published file's tables under their bare names; these."""
    con.execute(f"ATTACH {quoted(str(folder / MARTS_FILE))} AS published (READ_ONLY)")
    marts = {name for (name,) in con.execute(_PUBLISHED).fetchall()}
    for name in marts:
        con.execute(f"CREATE VIEW {name} AS FROM published.{name}")
    return marts


def _views_of_snapshot(con: duckdb.DuckDBPyConnection, shown: dict) -> set[str]:
    """The marts that the snapshot holds under their bare names, and the file's other tables; these."""
    marts = {name for (name,) in con.execute(_MARTS).fetchall()}
    for name in marts:
        con.execute(f"CREATE VIEW {name} AS FROM lake.marts.{name}")
    for alias, mart in ALIASES.items():
        if mart in marts:
            con.execute(f"CREATE VIEW {alias} AS FROM {mart}")
    told = {name: "NULL" if value is None else quoted(str(value)) for name, value in shown.items()}
    columns = ", ".join(f"{told.get(c.name, 'NULL')}::{c.sql_type} AS {c.name}" for c in PUBLICATION.columns)
    con.execute(f"CREATE VIEW publication AS SELECT {columns}")
    describe(con, PUBLICATION.comments(), "VIEW")
    return marts
