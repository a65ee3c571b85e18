"""The monthly reports: a page for each month that closed, read from what is published.

A revision has a page of its own, `reports/months/2005-03-r2.html`, and the newest one also has a name that stays,
`2005-03.html`. That is written first: a revision whose own page is there is done. The publication stays as it is.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from transforms import interruption
from transforms.lake import Lake, in_memory, quoted
from transforms.publications import MARTS_FILE, published
from transforms.settings import Settings

FOLDER = "months"
_MONTHS = "SELECT month, month_state, revision FROM mart_months ORDER BY month"
_TABLES = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'published'"


class ReportFailed(Exception):
    """Reports were not written; the publication stands. The message names the months and why."""


class NoSuchMonth(Exception):
    """Nothing of the month is published; the message says which months are."""


def report(settings: Settings, month: date | None = None, out: Path | None = None) -> dict:
    """Write the page of a month, open ones too; without one, of every closed month whose revision has none yet.

    With `out`, only that file or folder is written: for the newest closed month, when none is named. Returns the
    paths of the pages, `reports`. Raises ReportFailed when a page failed; the others are written all the same.
    """
    lake = Lake(settings.lake)
    lake.must_exist()
    with lake.lock("report"), _published(lake) as (con, publication):
        standing = {row[0]: row for row in con.execute(_MONTHS).fetchall()}
        chosen = _chosen(lake, standing, month, is_for_out=out is not None)
        return {"reports": [str(path) for path in _written(lake, con, publication, chosen, out)]}


def _chosen(lake: Lake, standing: dict[date, tuple], month: date | None, is_for_out: bool) -> list[tuple]:
    if month is not None:
        if month not in standing:
            raise NoSuchMonth(f"nothing of {month:%Y-%m} is published; {_range(standing)}")
        return [standing[month]]
    closed = [row for row in standing.values() if row[1] == "closed"]
    if is_for_out:
        if not closed:
            raise NoSuchMonth(f"no month is closed yet: name one with --month; {_range(standing)}")
        return closed[-1:]
    folder = lake.reports / FOLDER
    return [row for row in closed if not ((folder / _name(*row)).exists() and (folder / _lasting(row[0])).exists())]


def _range(standing: dict[date, tuple]) -> str:
    return f"there are {min(standing):%Y-%m} to {max(standing):%Y-%m}" if standing else "no month is"


def _name(month: date, state: str, revision: int) -> str:
    """Of a closed month by its revision; of one that is not final, by that."""
    return f"{month:%Y-%m}-r{revision}.html" if state == "closed" else f"{month:%Y-%m}-open.html"


def _lasting(month: date) -> str:
    return f"{month:%Y-%m}.html"


def _written(
    lake: Lake, con: duckdb.DuckDBPyConnection, publication: dict, chosen: list[tuple], out: Path | None
) -> list[Path]:
    done, failed = [], []
    for month, state, revision in chosen:
        interruption.check()
        try:
            page = _page(con, publication, month)
            done.append(
                _put(lake, page, month, state, revision) if out is None else _put_out(out, page, month, state, revision)
            )
        except Exception as failure:
            failed.append((f"{month:%Y-%m}: {type(failure).__name__}: {failure}", failure))
    if failed:
        months = "; ".join(text for text, _ in failed)
        remedy = "what is published stands; try again with `spamledger report`"
        raise ReportFailed(f"no report of {months}: {remedy}") from failed[0][1]
    return done


def _put(lake: Lake, page: str, month: date, state: str, revision: int) -> Path:
    """Into the lake: under the lasting name first; the page of the month when it was open goes when it is closed."""
    path = lake.reports / FOLDER / _name(month, state, revision)
    if state == "closed":
        _replace(path.with_name(_lasting(month)), page)
    _replace(path, page)
    if state == "closed":
        path.with_name(_name(month, "open", 0)).unlink(missing_ok=True)
    return path


def _put_out(out: Path, page: str, month: date, state: str, revision: int) -> Path:
    path = out / _name(month, state, revision) if out.is_dir() else out
    _replace(path, page)
    return path


def _page(con: duckdb.DuckDBPyConnection, publication: dict, month: date) -> str:
    from transforms import monthly  # draws with Altair, which a night without a closed month need not load

    tables = {name for (name,) in con.execute(_TABLES).fetchall()}
    asked = monthly.questions(month, tables)
    return monthly.write(month, publication, asked, {one.subject: _rows(con, one.sql) for one in asked})


def _rows(con: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    found = con.execute(sql)
    names = [name for name, *_ in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _replace(path: Path, page: str) -> None:
    """Put the page in its place in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        part.write_text(page, encoding="utf-8")
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _published(lake: Lake) -> Iterator[tuple[duckdb.DuckDBPyConnection, dict]]:
    """The marts of the newest publication under their bare names, and what is said of it; nothing else opens."""
    folder, publication = published(lake)
    with in_memory() as con:
        con.execute(f"ATTACH {quoted(str(folder / MARTS_FILE))} AS published (READ_ONLY)")
        con.execute("USE published")
        con.execute("SET enable_external_access = false")
        con.execute("SET enable_progress_bar = false")
        yield con, publication
