"""What a report asks of the published marts: a query a subject, each with the marts that it reads."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

SUBJECTS = (
    "months",
    "volume",
    "days",
    "categories",
    "confidence",
    "countries",
    "networks",
    "campaigns",
    "rings",
    "ring_rules",
    "campaign_changes",
    "ring_changes",
    "health",
    "rejects",
    "gates",
)
_MART = re.compile(r"\b(?:FROM|JOIN) ([a-z_]+)")


@dataclass(frozen=True)
class Question:
    """A query of one month: runs as it stands, also by `spamledger sql`."""

    subject: str
    sql: str

    @property
    def marts(self) -> tuple[str, ...]:
        """The marts that it reads, the first that is named first."""
        return tuple(dict.fromkeys(_MART.findall(self.sql)))


def questions(month: date, tables: Collection[str]) -> list[Question]:
    """The queries for the month that begins on that day, without those of marts that `tables` does not hold: an older
    publication knows fewer.
    """
    asked = [Question(subject, _sql(subject, month)) for subject in SUBJECTS]
    return [question for question in asked if set(question.marts) <= set(tables)]


def _sql(subject: str, month: date) -> str:
    text = files(__package__).joinpath("sql", f"{subject}.sql").read_text("utf-8")
    return text.strip().replace("$month", f"DATE '{month:%Y-%m-%d}'")
