"""What a gate decided: the outcome of each expectation, and the rows that keep it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from expectations.suite import CRITICAL, Expectation, NoRows, RowCount

_NAME = re.compile(r"[A-Za-z0-9_.-]{1,100}")
_OWN_WORDS = ("file", "problem")
"""Columns of places that the gate writes itself."""


@dataclass(frozen=True)
class Outcome:
    """An expectation and what was seen: `is_judged` is False when it could not be evaluated at all.

    `count` is the number of rows that broke it, or the number of rows counted; `places` says where some of them lie.
    """

    expectation: Expectation
    is_success: bool
    is_judged: bool = True
    count: int | None = None
    places: list[dict[str, Any]] = field(default_factory=list)

    @property
    def severity(self) -> str:
        """As declared; but what could not be judged holds the load, whatever it was."""
        return self.expectation.severity if self.is_judged else CRITICAL

    @property
    def unexpected_count(self) -> int | None:
        """Rows that broke the expectation, where rows are counted one by one."""
        return self.count if isinstance(self.expectation, NoRows) else None

    @property
    def observed(self) -> str:
        """What was seen, in short."""
        if not self.is_judged:
            return "could not be judged: the rows cannot be read"
        if isinstance(self.expectation, RowCount):
            return f"{self.count:,} rows; {self.expectation.note}"
        if not self.count:
            return "no row breaks it"
        rows = "1 row" if self.count == 1 else f"{self.count:,} rows"
        return f"{rows}, such as {shown_place(self.places[0])}"


@dataclass(frozen=True)
class Verdict:
    """Rows of `gate_results`, whether they hold the batch, and the report's path below the reports folder."""

    results: list[dict[str, Any]]
    report: str | None

    @property
    def is_held(self) -> bool:
        """A critical expectation was not met."""
        return bool(self.failures(CRITICAL))

    def failures(self, severity: str | None = None) -> list[dict[str, Any]]:
        """The rows of expectations that were not met, of one severity or of both."""
        failed = [row for row in self.results if not row["is_success"]]
        return [row for row in failed if severity in (None, row["severity"])]


def shown_place(place: dict[str, Any]) -> str:
    """Where a row lies, in one line. A load or key that is not made of plain letters may be mail: it is not shown."""
    return ", ".join(f"{name} {_shown(name, value)}" for name, value in place.items())


def _shown(name: str, value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, int | date) or name in _OWN_WORDS or _NAME.fullmatch(str(value)):
        return str(value)
    return "(not shown)"
