"""A lake that an older version made is given the columns that it lacks."""

from __future__ import annotations

from dataclasses import replace

from transforms import lake as module
from transforms.lake import Lake
from transforms.tables import TABLES

OLD = replace(TABLES["templates"], columns=tuple(c for c in TABLES["templates"].columns if c.name != "subject"))


def test_a_column_that_is_new_is_empty_in_old_rows(tmp_path, monkeypatch):
    lake = Lake(tmp_path / "lake")
    monkeypatch.setattr(module, "TABLES", TABLES | {"templates": OLD})
    lake.create()
    with lake.write() as con:
        filled = {
            c.name: "repeat('0', 32)" if c.sql_type == "VARCHAR" else "NULL" for c in OLD.columns if not c.required
        }
        filled |= {
            c.name: f"{{}}::{c.sql_type}".format("'2005-03-01'" if c.sql_type == "TIMESTAMP" else "'1'")
            for c in OLD.columns
            if c.required
        }
        con.execute(f"INSERT INTO templates BY NAME SELECT {', '.join(f'{v} AS {k}' for k, v in filled.items())}")
    monkeypatch.setattr(module, "TABLES", TABLES)
    lake.create()
    with lake.read() as con:
        assert con.execute("SELECT subject FROM templates").fetchall() == [(None,)]
        (comment,) = con.execute(
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'templates' AND column_name = 'subject'"
        ).fetchone()
        versions = con.execute("SELECT count(*) FROM ducklake_snapshots('lake')").fetchone()
    assert comment == TABLES["templates"]["subject"].description
    lake.create()
    with lake.read() as con:
        assert con.execute("SELECT count(*) FROM ducklake_snapshots('lake')").fetchone() == versions
