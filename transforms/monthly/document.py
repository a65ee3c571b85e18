"""What a report is made of: sections with sentences, charts and tables. All texts are text; the template escapes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "number", "code", "spam"]


@dataclass(frozen=True)
class Column:
    """A column: `spam` holds text of the mail, which is set apart from its neighbours' direction of writing."""

    name: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Table:
    """A table with the marts that its numbers are from; `foot` is a row of totals."""

    caption: str
    marts: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: list[tuple[str, ...]]
    foot: tuple[str, ...] | None = None

    @property
    def is_wordy(self) -> bool:
        """Whether it is too wide for a telephone, where each row is then a list of its own."""
        kinds = [column.kind for column in self.columns]
        return "spam" in kinds and kinds.count("spam") + kinds.count("text") > 1


@dataclass(frozen=True)
class Chart:
    """A drawing, as SVG, with the marts that its numbers are from."""

    title: str
    description: str
    marts: tuple[str, ...]
    svg: str


@dataclass
class Section:
    """A part of the page."""

    key: str
    title: str
    sentences: list[str] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


def text(name: str) -> Column:
    """A column of words of ours."""
    return Column(name)


def number(name: str) -> Column:
    """A column of numbers, to the right."""
    return Column(name, "number")


def code(name: str) -> Column:
    """A column of ids."""
    return Column(name, "code")


def spam(name: str) -> Column:
    """A column of text out of spam, defanged."""
    return Column(name, "spam")
