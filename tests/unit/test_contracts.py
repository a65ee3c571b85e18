"""The raw tables keep to the naming law, and the lake is what they say."""

import re

import pytest

from transforms.contracts import BOOL, DAY, INT, SMALL, TEXT, TIME, Column, Table
from transforms.lake import Lake
from transforms.tables import TABLES

COLUMNS = [(table.name, column) for table in TABLES.values() for column in table.columns]


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda value: getattr(value, "name", value))
def test_names_tell_the_type(table: str, column: Column):
    """L8: `_at` is a time, `_date` a day, `is_` and `has_` yes or no, `_count` and `_bytes` numbers."""
    if column.name == "month":
        assert column.type == DAY
        return
    assert (column.type == TIME) == column.name.endswith("_at")
    assert (column.type == DAY) == column.name.endswith("_date")
    assert (column.type == BOOL) == column.name.startswith(("is_", "has_"))
    if column.name.endswith(("_count", "_bytes")):
        assert column.type in (INT, SMALL)


def test_a_name_has_one_type_everywhere():
    types = {}
    for _, column in COLUMNS:
        types.setdefault(column.name, set()).add(column.type)
    assert {name: found for name, found in types.items() if len(found) > 1} == {}


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda value: getattr(value, "name", value))
def test_every_column_is_described_in_a_sentence(table: str, column: Column):
    assert column.description.endswith((".", "?"))
    assert not re.search(r"\bTODO\b", column.description)


def test_a_table_refuses_a_key_it_does_not_have():
    with pytest.raises(ValueError, match="table t: no such column: b"):
        Table("t", "A table.", (Column("a", TEXT, "A column."),), key=("b",))


def test_the_lake_is_made_as_described(tmp_path):
    lake = Lake(tmp_path)
    lake.create()
    lake.create()
    with lake.read() as con:
        made = con.execute(
            "SELECT table_name, column_name, data_type, comment, is_nullable FROM duckdb_columns() "
            "WHERE database_name = 'lake' ORDER BY table_name, column_index"
        ).fetchall()
    described = [
        (table.name, c.name, c.sql_type, c.description, not c.required)
        for table in sorted(TABLES.values(), key=lambda table: table.name)
        for c in table.columns
    ]
    assert made == described
