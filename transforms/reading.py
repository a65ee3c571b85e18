"""What a reader sees: the published marts, and the raw tables as of the same night."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from transforms import interruption
from transforms.lake import Lake, LakeMissing, quoted
from transforms.tables import TABLES


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
_RAW = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'lake' AND schema_name = 'main'"
_MEMBERS = """
    CREATE VIEW campaign_members AS
    SELECT message_key, feed, load_id, captured_at, campaign_id, template_id, method, similarity, matched_template_id,
        evidence
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


def publication(lake: Lake) -> dict:
    """What readers see: `snapshot_id`, `published_at`, `report`, `state`; empty when nothing is published."""
    path = lake.published / "publication.json"
    return json.loads(path.read_text()) if path.exists() else {}


@contextmanager
def published_tables(lake: Lake) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection on which every mart and raw table of the last publication stands under its bare name; besides them
    `campaign_members`, the messages of campaigns under the campaigns' present ids.

    It can change nothing and open no file but those of raw tables and marts: landed mail and the key of the recipient
    hashes lie beside them. Raises LakeMissing when nothing is published.
    """
    folder = lake.published.resolve()
    if not (folder / "publication.json").exists():
        raise LakeMissing(f"{lake.root}: nothing is published here yet; run `spamledger run` first, or give --lake")
    snapshot = json.loads((folder / "publication.json").read_text())["snapshot_id"]
    with lake.read(snapshot) as con:
        con.execute("USE memory")
        con.execute(f"ATTACH {quoted(str(folder / 'marts.duckdb'))} AS published (READ_ONLY)")
        marts = con.execute(_PUBLISHED).fetchall()
        for (name,) in marts:
            con.execute(f"CREATE VIEW {name} AS FROM published.{name}")
        raw = {name for (name,) in con.execute(_RAW).fetchall()}  # an old publication knows fewer
        for name in TABLES.keys() & raw:
            con.execute(f"CREATE VIEW {name} AS FROM lake.main.{name}")
        if ("campaign_ids",) in marts:
            con.execute(_MEMBERS)
        con.execute(f"SET allowed_directories = [{quoted(f'{lake.data}/')}, {quoted(f'{folder}/')}]")
        con.execute("SET python_enable_replacements = false")
        con.execute("SET enable_external_access = false")
        con.execute("SET lock_configuration = true")
        yield con
