"""A lake that an older version made gets the columns that have come since."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from transforms import lake as module
from transforms.contracts import Table
from transforms.lake import Lake
from transforms.tables import GATE_RESULTS, MESSAGES, TABLES


def without(table: Table, *names: str) -> Table:
    return replace(table, columns=tuple(column for column in table.columns if column.name not in names))


def make_old(root: Path, monkeypatch: pytest.MonkeyPatch, *tables: Table) -> Lake:
    """A lake from before some columns."""
    with monkeypatch.context() as patch:
        patch.setattr(module, "TABLES", TABLES | {table.name: table for table in tables})
        lake = Lake(root)
        lake.create()
    return lake


def columns(lake: Lake, table: str) -> dict[str, tuple]:
    with lake.read() as con:
        rows = con.execute(
            "SELECT column_name, data_type, is_nullable, comment FROM duckdb_columns() "
            "WHERE database_name = 'lake' AND table_name = ?",
            [table],
        ).fetchall()
    return {name: rest for name, *rest in rows}


def test_old_lake_gets_the_columns_it_lacks(tmp_path, monkeypatch):
    lake = make_old(tmp_path, monkeypatch, without(MESSAGES, "html_skeleton", "header_names"))
    assert not {"html_skeleton", "header_names"} & columns(lake, "messages").keys()
    lake.create()
    found = columns(lake, "messages")
    assert found.keys() == {column.name for column in MESSAGES.columns}
    assert found["html_skeleton"] == ["VARCHAR", True, MESSAGES["html_skeleton"].description]
    assert found["header_names"] == ["VARCHAR[]", True, MESSAGES["header_names"].description]


def test_old_rows_are_empty_there_and_new_ones_are_not(tmp_path, monkeypatch):
    required = GATE_RESULTS.columns[-1]
    lake = make_old(tmp_path, monkeypatch, without(GATE_RESULTS, required.name))
    insert_one(lake, without(GATE_RESULTS, required.name))
    lake.create()
    insert_one(lake, GATE_RESULTS)
    with lake.read() as con:
        seen = con.execute(f"SELECT count(*), count({required.name}) FROM gate_results").fetchone()
    assert seen == (2, 1)


def test_tables_and_columns_come_in_one_go(tmp_path, monkeypatch):
    old = {name: table for name, table in TABLES.items() if name != "feeds"}
    with monkeypatch.context() as patch:
        patch.setattr(module, "TABLES", old | {"messages": without(MESSAGES, "html_skeleton")})
        Lake(tmp_path).create()
    lake = Lake(tmp_path)
    lake.create()
    for table in TABLES.values():
        assert columns(lake, table.name).keys() == {column.name for column in table.columns}


def test_a_whole_lake_is_left_alone(tmp_path, monkeypatch):
    lake = make_old(tmp_path, monkeypatch, without(MESSAGES, "html_skeleton"))
    lake.create()
    before = snapshots(lake)
    lake.create()
    assert snapshots(lake) == before


def insert_one(lake: Lake, table: Table) -> None:
    """A row of default values of each type."""
    spelled = {"VARCHAR": "'x'", "VARCHAR[]": "[]", "BOOLEAN": "true", "DATE": "DATE '2005-03-01'"}
    spelled["TIMESTAMP"] = "TIMESTAMP '2005-03-01'"
    named = ", ".join(f"{spelled.get(column.sql_type, '0')} AS {column.name}" for column in table.columns)
    with lake.write() as con:
        con.execute(f"INSERT INTO {table.name} BY NAME SELECT {named}")


def snapshots(lake: Lake) -> int:
    with closing(sqlite3.connect(lake.catalogue)) as con:
        return con.execute("SELECT count(*) FROM ducklake_snapshot").fetchone()[0]
