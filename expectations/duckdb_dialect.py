"""DuckDB for Great Expectations: duckdb-engine's dialect, with transactions that do nothing.

Great Expectations ends a transaction between running a query and fetching from it, and DuckDB drops the result with
it. Nothing is written over these connections, so there is nothing to begin, commit or roll back.
"""

from __future__ import annotations

import duckdb
from duckdb_engine import ConnectionWrapper, Dialect
from sqlalchemy.dialects import registry


class GateDialect(Dialect):
    """Connects to an in-memory database by its name, with the settings its first connection gave it."""

    supports_statement_cache = False

    def connect(self, database: str, **_: object) -> ConnectionWrapper:
        """Another connection to the named database of this process."""
        return ConnectionWrapper(duckdb.connect(database))

    def do_begin(self, connection: object) -> None:
        """Nothing to begin."""

    def do_commit(self, connection: object) -> None:
        """Nothing to commit."""

    def do_rollback(self, connection: object) -> None:
        """Nothing to roll back."""


def connection_string(database: str) -> str:
    """The SQLAlchemy URL of an in-memory database (`:memory:name`) under this dialect."""
    registry.register("duckdb.gate", __name__, GateDialect.__name__)
    return f"duckdb+gate:///{database}"
