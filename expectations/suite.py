"""Expectations as plain data, and the few words of SQL that they share.

Nearly every expectation is a query for the rows that break it. Such a query selects only where a row lies (its load
and position, or its key), so that neither a verdict nor a report can repeat what a spammer wrote.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

CRITICAL = "critical"
WARNING = "warning"


@dataclass(frozen=True)
class NoRows:
    """The query finds nothing. `{batch}` in it stands for the suite's view; other views go by their names."""

    table: str
    name: str
    query: str
    severity: str = CRITICAL


@dataclass(frozen=True)
class RowCount:
    """The suite's view has at least `minimum` and at most `maximum` rows; `note` says where the bounds come from."""

    table: str
    name: str
    minimum: int
    maximum: int | None
    note: str
    severity: str = WARNING


Expectation = NoRows | RowCount


@dataclass(frozen=True)
class Suite:
    """The expectations that are judged in one run over one view."""

    view: str
    expectations: tuple[Expectation, ...]


def literal(value: str | int | date | datetime) -> str:
    """The value as DuckDB spells it."""
    match value:
        case int():
            return str(value)
        case datetime():
            return f"TIMESTAMP '{value.isoformat(sep=' ')}'"
        case date():
            return f"DATE '{value.isoformat()}'"
    return "'" + value.replace("'", "''") + "'"


def literals(values: Iterable[str]) -> str:
    """The values as a comma-separated list of SQL literals."""
    return ", ".join(literal(value) for value in values)
