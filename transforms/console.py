"""What the command line prints: tables, query results, findings. Text out of spam is shown as inert text."""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum

import duckdb
from rich.console import Console
from rich.table import Table
from rich.text import Text

out = Console()
err = Console(stderr=True, soft_wrap=True)
FETCH_ROWS = 10_000
FOLD = 40
"""Columns from which a cell is folded when that makes a table fit."""


class Format(StrEnum):
    """How query results are printed."""

    table = "table"
    csv = "csv"
    json = "json"


def inert(value: object) -> str:
    """A value as text that a terminal shows and does not obey: control and direction characters are escaped."""
    if value is None:
        return ""
    return "".join(c if _is_plain(c) else f"\\u{ord(c):04x}" for c in str(value))


def complain(word: str, text: object, style: str = "red") -> None:
    """Print a coloured word and an inert text to standard error, in one line that a terminal may wrap."""
    err.print(Text(word, style), Text(inert(text)))


def _is_plain(character: str) -> bool:
    return character == "\n" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows as a table; where it would not fit the terminal, each row as a list of its columns."""
    cells = [[_shown(value) for value in row] for row in rows]
    widest = [max(len(name), *(len(row[n]) for row in cells), 0) for n, name in enumerate(columns)]
    if sum(min(width, FOLD) + 3 for width in widest) > out.width:
        _records(title, columns, cells)
        return
    printed = Table(title=title or None, title_justify="left")
    for column in columns:
        printed.add_column(column, overflow="fold")
    for row in cells:
        printed.add_row(*map(Text, row))
    out.print(printed)


def _records(title: str, columns: Sequence[str], cells: list[list[str]]) -> None:
    for number, row in enumerate(cells, start=1):
        printed = Table(title=f"{title} {number} of {len(cells)}".strip(), title_justify="left", show_header=False)
        printed.add_column(style="dim")
        printed.add_column(overflow="fold")
        for name, cell in zip(columns, row, strict=True):
            printed.add_row(name, Text(cell))
        out.print(printed)


def _shown(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else inert(value)


def result(cursor: duckdb.DuckDBPyConnection, form: Format) -> None:
    """Print a query's result: csv and json are streamed."""
    columns = [description[0] for description in cursor.description or ()]
    batches = iter(lambda: cursor.fetchmany(FETCH_ROWS), [])
    if form is Format.table:
        table("", columns, (row for batch in batches for row in batch))
    elif form is Format.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        for batch in batches:
            writer.writerows(batch)
    else:
        _print_json(columns, (row for batch in batches for row in batch))


def _print_json(columns: list[str], rows: Iterable[Sequence[object]]) -> None:
    """One JSON array of objects, one object a line."""
    separator = "["
    for row in rows:
        sys.stdout.write(separator + json.dumps(dict(zip(columns, row, strict=True)), default=str))
        separator = ",\n"
    sys.stdout.write("[]\n" if separator == "[" else "]\n")
