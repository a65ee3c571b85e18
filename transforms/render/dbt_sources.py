"""The dbt sources: `python -m transforms.render.dbt_sources > dbt_project/models/sources.yml`."""

from __future__ import annotations

import json

from transforms.contracts import Table
from transforms.tables import TABLES

_HEADER = """\
# Generated from transforms/tables: python -m transforms.render.dbt_sources > dbt_project/models/sources.yml
version: 2

sources:
  - name: raw
    description: The raw tables of the lake.
    database: lake
    schema: main
    tables:
"""

_FRESH = "{warn_after: {count: 30, period: hour}, error_after: {count: 3, period: day}}"
"""A night every day; one that is late warns, three that are missing are an error."""


def render() -> str:
    """The text of `sources.yml`: every raw table with its columns, types and descriptions."""
    return _HEADER + "".join(_table(table) for table in TABLES.values())


def _table(table: Table) -> str:
    lines = [f"      - name: {table.name}", f"        description: {_quoted(table.description)}"]
    if table.fresh_by:
        lines += ["        config:", f"          loaded_at_field: {table.fresh_by}", f"          freshness: {_FRESH}"]
    lines.append("        columns:")
    for column in table.columns:
        lines += [
            f"          - name: {column.name}",
            f"            data_type: {column.sql_type.lower()}",
            f"            description: {_quoted(column.description)}",
        ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # A JSON string is a YAML string, whatever colons and quotes it holds.
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    print(render(), end="")
