"""A reader can change nothing, and see nothing but marts and raw tables; a lake may lie anywhere."""

from __future__ import annotations

import shutil
from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from transforms import steps
from transforms.lake import Lake, new_file, parquet
from transforms.reading import NotAQuery, published_tables, query
from transforms.settings import Settings
from transforms.steps import building
from transforms.steps.verifying import verify

D1, D2 = date(2005, 3, 1), date(2005, 3, 2)

CHANGES = [
    "explain analyze copy (select 1) to '{lake}/catalogue.sqlite'",
    "copy (select 1) to '{lake}/data/x.csv'",
    "delete from messages",
    "select 1; drop table messages",
    "from ducklake_cleanup_old_files('lake', cleanup_all => true)",
    "from enable_logging('QueryLog', storage => 'file', storage_path => '{lake}/data/log')",
    "attach '{lake}/catalogue.sqlite' as c (type sqlite)",
]
SECRETS = [
    "select content from read_text('{lake}/secret.key')",
    "select (select content from read_text('{lake}/secret.key'))",
    "from \"READ_TEXT\"('{lake}/data/../secret.key')",
    "from glob('{lake}/landed/**')",
    "from query('from read_text(''{lake}/secret.key'')')",
    "from sqlite_scan('{lake}/catalogue.sqlite', 'ducklake_metadata')",
    "from '{lake}/planted.csv'",
]


def test_a_reader_changes_nothing_and_sees_no_secret(published_trap, monkeypatch):
    monkeypatch.delenv("SPAMLEDGER_HASH_KEY")
    root = published_trap.settings.lake
    (root / "planted.csv").write_text("a\n1\n")
    assert published_trap.lake.hash_key()
    assert (root / "secret.key").exists()
    with published_tables(Lake(root)) as con:
        for hostile in CHANGES + SECRETS:
            with pytest.raises((NotAQuery, duckdb.Error)):
                query(con, hostile.format(lake=root)).fetchall()
        with pytest.raises(duckdb.Error):
            con.execute(f"from read_text('{root}/secret.key')")
        with pytest.raises(NotAQuery, match="nested"):
            query(con, "select " + "+".join("1" * 900))
        allowed = "select sum(message_count) from mart_volume_monthly, range(2) r"
        assert query(con, allowed).fetchone() == (60,)
        assert query(con, "select count(*), count(distinct subject) from messages").fetchone() == (30, 30)
        assert len(query(con, "describe messages").fetchall()) > 20
    assert published_trap.stations("trap", D2)["held"] == []
    assert verify(published_trap.settings)["findings"] == []


def moved(made, name: str) -> Lake:
    """The world's lake, in another folder."""
    place = made.folder / name / "lake"
    place.parent.mkdir()
    shutil.move(made.settings.lake, place)
    made.settings = Settings(place, made.settings.feeds)
    return made.lake


def test_a_lake_that_was_moved_is_read_built_and_written_where_it_is(published_trap, monkeypatch):
    monkeypatch.delenv("DBT_TARGET_PATH")
    with published_trap.lake.lock("writer") as held:
        building.run_dbt(published_trap.lake, held, [], "parse")
    lake = moved(published_trap, "it's elsewhere")
    published_trap.nights(D2)
    assert published_trap.rows("select count(*), count(distinct subject) from messages") == [(60, 60)]
    with published_tables(lake) as con:
        assert query(con, "select count(*), count(distinct subject) from messages").fetchone() == (30, 30)
    (lake.root / "dbt" / "logs" / "dbt.log").unlink()
    steps.build(published_trap.settings)
    assert "no changes found, skipping parsing" in (lake.root / "dbt" / "logs" / "dbt.log").read_text()
    assert not steps.publish(published_trap.settings)["is_held"]
    with published_tables(lake) as con:
        assert query(con, "select sum(message_count) from mart_volume_monthly").fetchone() == (60,)
    assert verify(published_trap.settings)["findings"] == []


@pytest.mark.parametrize("name", ["it's here", "a[b]*?"])
def test_the_name_of_a_folder_is_no_sql_and_no_pattern(trap, name):
    trap.nights(D1)
    lake = moved(trap, name)
    with lake.write() as con:
        con.execute("INSERT INTO rejects BY NAME SELECT * FROM rejects LIMIT 0")
    assert trap.rows("select count(*), count(distinct subject) from messages") == [(30, 30)]
    staged = trap.folder / name / "staged" / "x.parquet"
    staged.parent.mkdir()
    pq.write_table(pa.table({"n": [1, 2]}), staged)
    with new_file(trap.folder / name / "file.duckdb") as con:
        for place in (staged, staged.parent):
            assert con.execute(f"SELECT sum(n) FROM {parquet(place)}").fetchone() == (3,)
