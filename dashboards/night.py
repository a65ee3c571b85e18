"""One publication, open for one page: all that a page says is of one night, whatever is published meanwhile.

`published` is a link to a folder of `publications`. It is resolved once a page, and the file in that folder is held
open until the page is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import streamlit as st

from dashboards.query import Query, TablesMissing
from dashboards.text import LIMIT, defanged, plain

MARTS_FILE = "marts.duckdb"
ATTEMPTS = 2
_CONFIG = {"enable_external_access": "false", "threads": "2"}
_TABLES = "SELECT table_name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal"
SPAM_COLUMNS = {
    "as_name",
    "description",
    "evidence",
    "excerpt",
    "failed_expectations",
    "matched_on",
    "reason",
    "subject",
    "top_domain",
    "value",
}
"""Columns whose text comes out of spam: shown with broken links."""
_LONG = {"excerpt": 500, "reason": 600, "evidence": 200, "top_domain": 100, "as_name": 100}


class NothingPublished(Exception):
    """There is no publication in the lake's folder, or none that can be read; the message says what to do."""


@dataclass(frozen=True)
class Night:
    """An open publication: its folder, what it is called, when it was made (UTC), and the marts that it holds."""

    folder: Path
    con: duckdb.DuckDBPyConnection
    snapshot_id: int
    published_at: datetime
    report: str | None
    tables: frozenset[str]

    @property
    def label(self) -> str:
        """How a page names it."""
        return f"night of {self.published_at:%Y-%m-%d %H:%M} UTC, snapshot {self.snapshot_id}"

    def ask(self, query: Query, **values: Any) -> pa.Table:
        """The rows of a query, text made inert. Raises TablesMissing when the publication lacks what it reads."""
        if missing := tuple(name for name in query.tables if name not in self.tables):
            raise TablesMissing(missing)
        try:
            return _asked(str(self.folder), query.sql, query.values(values), self.con)
        except (duckdb.BinderException, duckdb.CatalogException) as failure:
            raise TablesMissing(query.tables) from failure


@contextmanager
def open_night(lake: Path) -> Iterator[Night]:
    """The newest publication. Raises NothingPublished."""
    folder, con = _open(lake)
    try:
        yield _described(folder, con)
    finally:
        con.close()


def _open(lake: Path) -> tuple[Path, duckdb.DuckDBPyConnection]:
    """The folder may be swept between the look at the link and the opening of the file: then the link has moved on."""
    failure: Exception | None = None
    for _ in range(ATTEMPTS):
        folder = (lake / "published").resolve()
        if not (lake / "published").exists():
            continue
        try:
            return folder, duckdb.connect(folder / MARTS_FILE, read_only=True, config=_CONFIG)
        except duckdb.Error as refused:
            failure = refused
    if failure is None:
        raise NothingPublished("Nothing is published in this lake yet.")
    raise NothingPublished(f"{MARTS_FILE} of {folder.name} cannot be read ({type(failure).__name__}).") from failure


def _described(folder: Path, con: duckdb.DuckDBPyConnection) -> Night:
    tables = frozenset(name for (name,) in con.execute(_TABLES).fetchall())
    try:
        row = con.execute("SELECT snapshot_id, published_at, report FROM publication").fetchone()
    except duckdb.Error as failure:
        raise NothingPublished(f"{MARTS_FILE} of {folder.name} does not say of which night it is.") from failure
    if not row:
        raise NothingPublished(f"{MARTS_FILE} of {folder.name} does not say of which night it is.")
    return Night(folder, con, *row, tables)


@st.cache_data(max_entries=512, show_spinner=False)
def _asked(folder: str, sql: str, values: dict[str, Any], _con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Kept by publication: a folder never changes once it is shown."""
    return inert(_con.execute(sql, values).to_arrow_table())


def inert(table: pa.Table) -> pa.Table:
    """The table with every text made inert, and the columns that spam wrote defanged."""
    for index, field in enumerate(table.schema):
        if pa.types.is_string(field.type) or pa.types.is_list(field.type):
            values = [_inert(field.name, value) for value in table.column(index).to_pylist()]
            table = table.set_column(index, pa.field(field.name, field.type), pa.array(values, field.type))
    return table


def _inert(name: str, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, list):
        return [_inert(name, each) if isinstance(each, str) else each for each in value]
    clean = defanged if name in SPAM_COLUMNS else plain
    return clean(value, _LONG.get(name, LIMIT), name == "excerpt")
