"""The data dictionary of the raw tables: `python -m transforms.render.dictionary > docs/reference/raw_tables.md`."""

from __future__ import annotations

from transforms.contracts import Column, Table
from transforms.render.markdown import code, table_of
from transforms.tables import TABLES
from transforms.tables.shown import SHOWN

_HEADER = """\
# Raw tables

What was seen, nothing concluded. Times are UTC; a column that may be empty is not required.

<!-- Generated: python -m transforms.render.dictionary > docs/reference/raw_tables.md -->
"""


def render() -> str:
    """Markdown: one section a raw table, one row a column, with everything that its contract promises; then what
    readers see besides.
    """
    return _HEADER + "".join(_section(table) for table in (*TABLES.values(), *SHOWN))


def _section(table: Table) -> str:
    columns = table_of(
        ("column", "type", "required", "meaning", "promise", "standard"),
        [
            (code(c.name), c.sql_type, "yes" if c.required else "", c.description, _promise(c), c.standard or "")
            for c in table.columns
        ],
    )
    return f"\n## {table.name}\n\n{table.description}\n\n{_facts(table)}\n\n{columns}"


def _facts(table: Table) -> str:
    facts = [f"Key: {_names(table.key)}", f"written by station `{table.stage}`"]
    if table.month_of:
        facts.append(f"partitioned by {code('feed')} and the month of {code(table.month_of)}")
    if table.order:
        facts.append(f"sorted by {_names(table.order)}")
    return "; ".join(facts) + "."


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(code(name) for name in columns)


def _promise(column: Column) -> str:
    promises = []
    if column.allowed:
        promises.append("one of " + _names(column.allowed))
    if column.pattern:
        promises.append(f"matches {code(column.pattern)}")
    if column.minimum is not None:
        promises.append(f"at least {column.minimum}")
    if column.maximum is not None:
        promises.append(f"at most {column.maximum}")
    return "; ".join(promises)


if __name__ == "__main__":
    print(render(), end="")
