"""`spamledger sql` on a terminal: queries of several lines, a history, and a Ctrl-C that stops the query alone."""

from __future__ import annotations

import os
import readline
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import duckdb

from transforms import console, interruption
from transforms.reading import NotAQuery, query

HELP = r"A query ends with ;  \d lists the tables, \d TABLE its columns, Ctrl-C cancels, \q or Ctrl-D leaves"
KEPT_LINES = 1000
_DESCRIBED = """
    SELECT table_name, NULL AS column_name, comment FROM duckdb_tables() WHERE comment IS NOT NULL
    UNION SELECT view_name, NULL, comment FROM duckdb_views() WHERE comment IS NOT NULL
    UNION SELECT table_name, column_name, comment FROM duckdb_columns() WHERE comment IS NOT NULL
"""
_LISTED = f"""
    SELECT view_name AS name, any_value(d.comment) AS description
    FROM duckdb_views() v LEFT JOIN ({_DESCRIBED}) d ON d.table_name = view_name AND d.column_name IS NULL
    WHERE v.database_name = 'memory' AND NOT v.internal GROUP BY ALL ORDER BY ALL
"""
_COLUMNS = f"""
    SELECT c.column_name AS name, any_value(c.data_type) AS type, any_value(d.comment) AS description
    FROM duckdb_columns() c LEFT JOIN ({_DESCRIBED}) d USING (table_name, column_name)
    WHERE c.database_name = 'memory' AND NOT c.internal AND c.table_name = lower(?)
    GROUP BY c.column_name, c.column_index ORDER BY c.column_index
"""
_NAMES = "SELECT DISTINCT unnest([table_name, column_name]) FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"


def converse(con: duckdb.DuckDBPyConnection, form: console.Format) -> None:
    """Answer queries until `\\q` or the end of input; what fails is said and ends nothing."""
    _complete_names([name for (name,) in con.execute(_NAMES).fetchall()])
    history = _history()
    console.say(HELP)
    try:
        while (text := _statement(input)) is not None:
            _answer(con, text, form)
    finally:
        with suppress(OSError):
            readline.write_history_file(history)


def is_whole(text: str) -> bool:
    """Whether a statement ends here: with a semicolon that stands in no string, name or comment."""
    tokens = duckdb.tokenize(text)
    return bool(tokens) and tokens[-1][1] == duckdb.token_type.operator and text.encode()[tokens[-1][0] :][:1] == b";"


def _statement(ask: Callable[[str], str]) -> str | None:
    """The next statement or `\\` command, from as many lines as it takes; None at the end of input."""
    lines: list[str] = []
    while True:
        try:
            line = ask("   ...> " if lines else "ledger> ")
        except KeyboardInterrupt:
            interruption.forget()
            console.say("")
            lines = []
            continue
        except EOFError:
            console.say("")
            return None
        if not lines and line.strip() == r"\q":
            return None
        lines += [line] if lines or line.strip() else []
        text = "\n".join(lines)
        if text.startswith("\\") or is_whole(text):
            _keep(text)
            return text


def _answer(con: duckdb.DuckDBPyConnection, text: str, form: console.Format) -> None:
    try:
        console.result(_described(con, text) if text.startswith("\\") else query(con, text), form)
    except (KeyboardInterrupt, Exception) as failure:  # DuckDB turns a Ctrl-C into errors of several kinds
        if interruption.is_asked():
            con.interrupt()  # its threads would go on
            interruption.forget()
            console.complain("stopped", "the query; ask the next one", "yellow")
        elif isinstance(failure, duckdb.Error | NotAQuery):
            console.complain("refused:", failure)
        else:
            raise


def _described(con: duckdb.DuckDBPyConnection, text: str) -> duckdb.DuckDBPyConnection:
    match text.rstrip("; ").split():
        case [r"\d"]:
            return con.execute(_LISTED)
        case [r"\d", name]:
            return con.execute(_COLUMNS, [name])
    raise NotAQuery(HELP)


def _keep(text: str) -> None:
    """A statement of several lines comes back as one; one with a comment cannot."""
    readline.add_history(text if "--" in text else " ".join(text.split("\n")))


def _history() -> Path:
    state = Path(os.environ.get("XDG_STATE_HOME") or "~/.local/state").expanduser()
    path = state / "spamledger" / "sql_history"
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        readline.read_history_file(path)
    readline.set_history_length(KEPT_LINES)
    readline.set_auto_history(False)
    return path


def _complete_names(names: list[str]) -> None:
    def complete(begun: str, number: int) -> str | None:
        fitting = [name for name in names if name.startswith(begun.lower())]
        return fitting[number] if number < len(fitting) else None

    readline.set_completer(complete)
    readline.set_completer_delims(" \t\n,.()=<>;")
    readline.parse_and_bind("bind ^I rl_complete" if "libedit" in (readline.__doc__ or "") else "tab: complete")
