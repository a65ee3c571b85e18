"""A question to the marts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Query:
    """SQL with `$named` values, and the marts that it reads: what a chart is said to come from."""

    tables: tuple[str, ...]
    sql: str

    def values(self, given: dict[str, Any]) -> dict[str, Any]:
        """Of the given values, those that the SQL asks for: DuckDB refuses others."""
        return {name: value for name, value in given.items() if f"${name}" in self.sql}


class TablesMissing(Exception):
    """The publication was made by a version that did not know these marts or columns yet."""

    def __init__(self, names: tuple[str, ...]):
        super().__init__(", ".join(names))
        self.names = names
