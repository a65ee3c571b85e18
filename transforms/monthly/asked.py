"""A month as it was asked for: the answers of the marts, with every text in them made plain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from transforms.monthly.figures import month_before, year_before
from transforms.monthly.plain_text import plain
from transforms.monthly.questions import Question

MOST_CHARACTERS = 600
Row = dict[str, Any]


@dataclass(frozen=True)
class Publication:
    """What the numbers were read from: the lake's snapshot, its publication (ISO 8601, UTC), the report of its gate."""

    snapshot_id: int
    published_at: str
    report: str | None = None


@dataclass(frozen=True)
class Asked:
    """The month, and what the marts answered to each question, by subject."""

    month: date
    publication: Publication
    questions: tuple[Question, ...]
    answers: Mapping[str, list[Row]]

    def rows(self, subject: str) -> list[Row]:
        """The answer; no rows where the publication does not hold the marts."""
        return self.answers.get(subject, [])

    def marts(self, *subjects: str) -> tuple[str, ...]:
        """The marts that the answers are from."""
        found = [mart for one in self.questions if one.subject in subjects for mart in one.marts]
        return tuple(dict.fromkeys(found))

    @property
    def last(self) -> date:
        """The month before."""
        return month_before(self.month)

    @property
    def last_year(self) -> date:
        """The same month a year ago."""
        return year_before(self.month)

    def standing(self, month: date) -> Row | None:
        """How a month stands, of `mart_months`; None when it holds nothing."""
        return next((row for row in self.rows("months") if row["month"] == month), None)

    def total(self, month: date) -> int | None:
        """Messages captured in a month; None when it is not in the lake."""
        row = self.standing(month)
        return row and row["message_count"]


def asked(
    month: date, publication: Mapping[str, Any], questions: list[Question], answers: Mapping[str, list[Row]]
) -> Asked:
    """The same with plain texts, each of at most 600 characters."""
    plainly = {subject: [_plain_row(row) for row in rows] for subject, rows in answers.items()}
    seen = Publication(*(publication.get(key) for key in ("snapshot_id", "published_at", "report")))
    return Asked(month, seen, tuple(questions), plainly)


def _plain_row(row: Row) -> Row:
    return {name: _plain_value(value) for name, value in row.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value, MOST_CHARACTERS)
    return [_plain_value(each) for each in value] if isinstance(value, list) else value
