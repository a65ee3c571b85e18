"""What the command line prints: tables, query results, findings. Text out of spam is shown as inert text."""

from __future__ import annotations

import csv
import json
import logging
import math
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


def say(text: object) -> None:
    """Print a finding to standard output as inert text, in one line that a terminal may wrap."""
    out.print(Text(inert(text)), soft_wrap=True)


class Notes(logging.Handler):
    """Shows what the steps say while they work, such as that they wait, on standard error."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one record."""
        complain("note", record.getMessage(), "yellow")


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows as a table; where it would not fit the terminal, each row as a list of its columns."""
    columns = [inert(name) for name in columns]
    cells = [[_shown(value) for value in row] for row in rows]
    widest = [max(len(name), *(len(row[n]) for row in cells), 0) for n, name in enumerate(columns)]
    if sum(min(width, FOLD) + 3 for width in widest) > out.width:
        _records(title, columns, cells)
        return
    printed = Table(title=title or None, title_justify="left")
    for column in columns:
        printed.add_column(Text(column), overflow="fold")
    for row in cells:
        printed.add_row(*map(Text, row))
    out.print(printed)


def tables(shown: Iterable[tuple[str, Sequence[str], Sequence[Sequence[object]]]]) -> None:
    """Print titled tables, but for those without rows."""
    for title, columns, rows in shown:
        if rows:
            table(title, columns, rows)


def _records(title: str, columns: Sequence[str], cells: list[list[str]]) -> None:
    for number, row in enumerate(cells, start=1):
        printed = Table(title=f"{title} {number} of {len(cells)}".strip(), title_justify="left", show_header=False)
        printed.add_column(style="dim")
        printed.add_column(overflow="fold")
        for name, cell in zip(columns, row, strict=True):
            printed.add_row(Text(name), Text(cell))
        out.print(printed)


def _shown(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else inert(value)


def result(cursor: duckdb.DuckDBPyConnection, form: Format) -> None:
    """Print a query's result: csv and json are streamed."""
    columns = _unique([description[0] for description in cursor.description or ()])
    batches = iter(lambda: cursor.fetchmany(FETCH_ROWS), [])
    rows = (row for batch in batches for row in batch)
    if form is Format.table:
        table("", columns, rows)
    elif form is Format.csv:
        _print_csv(columns, rows)
    else:
        _print_json(columns, rows)


def _unique(names: list[str]) -> list[str]:
    """Names made different: of two columns `n`, the second becomes `n_1`."""
    taken: dict[str, None] = {}
    for name in names:
        numbered = (f"{name}_{n}" for n in range(1, len(names) + 1) if f"{name}_{n}" not in {*taken, *names})
        taken[next(numbered) if name in taken else name] = None
    return list(taken)


def _print_csv(columns: list[str], rows: Iterable[Sequence[object]]) -> None:
    """Values as they are, for a file or a program; on a terminal as inert text."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    is_seen = sys.stdout.isatty()
    writer.writerow(map(inert, columns) if is_seen else columns)
    writer.writerows(map(inert, row) for row in rows) if is_seen else writer.writerows(rows)


def _print_json(columns: list[str], rows: Iterable[Sequence[object]]) -> None:
    """One JSON array of objects, one object a line; control characters are always escaped."""
    separator = "["
    for row in rows:
        sys.stdout.write(separator + _json(dict(zip(columns, row, strict=True))).replace("\x7f", "\\u007f"))
        separator = ",\n"
    sys.stdout.write("[]\n" if separator == "[" else "]\n")


def _json(row: dict[str, object]) -> str:
    try:
        return json.dumps(row, default=str, allow_nan=False)
    except (ValueError, TypeError):  # a number or a key that JSON has no word for
        return json.dumps(_plain(row), default=str)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
