"""What readers see of campaigns and rings, and of a publication that is older than they are."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
import tiny_lake
from tiny_lake import Built

from transforms.lake import Lake, new_file
from transforms.reading import published_tables, query
from transforms.steps import building, publishing
from transforms.tables import GROUPS


@pytest.fixture(scope="module")
def published(built: Built) -> Lake:
    """The tiny lake with its marts published, as they stand; its gate is tested elsewhere."""
    lake = Lake(built.lake)
    with lake.attached() as con:
        building._copy_candidates(lake, con, "as built")
    publishing._swap_in(lake, building.candidate_state(lake) | {"published_at": "2005-06-01T02:00:00", "report": None})
    return lake


def test_members_of_campaigns_have_present_ids_and_their_reason(published: Lake):
    with published_tables(published) as con:
        members = query(con, "select message_key, campaign_id, template_id, method from campaign_members").fetchall()
        assert ("trap-b-2005-03-01-0-0", "c-1", "t-3", "first") in members
        assert ("trap-a-2005-04-02-0-0", "c-3", "t-5", "template") in members
        counted = "select campaign_id, message_count from campaigns order by all"
        by_member = "select campaign_id, count(*) from campaign_members group by all order by all"
        assert query(con, counted).fetchall() == query(con, by_member).fetchall() != []
        assert query(con, "select count(*) from rings").fetchone() == (1,)


def test_other_names_of_marts_are_in_the_file_for_any_client(published: Lake, tmp_path: Path):
    shutil.copy(published.published / "marts.duckdb", tmp_path / "other name.duckdb")
    with duckdb.connect(tmp_path / "other name.duckdb", read_only=True) as con:
        for alias, mart in (("campaigns", "dim_campaign"), ("rings", "dim_ring")):
            rows = con.execute(f"from {alias} order by all").fetchall()
            assert rows == con.execute(f"from {mart} order by all").fetchall() != []


def test_a_publication_from_before_grouping_is_read(tmp_path: Path):
    tiny_lake.create(tmp_path)
    with tiny_lake.connect(tmp_path) as con:
        for table in GROUPS:
            con.execute(f"drop table {table.name}")
        (snapshot,) = con.execute("select max(snapshot_id) from lake.snapshots()").fetchone()
    lake = Lake(tmp_path)
    lake.published.mkdir()
    with new_file(lake.published / publishing.MARTS_FILE) as con:
        con.execute("create table dim_feed as select 'trap-a' as feed")
    shown = {"snapshot_id": snapshot, "published_at": datetime(2005, 6, 1).isoformat()}
    (lake.published / "publication.json").write_text(json.dumps(shown))
    lake.create()
    with published_tables(lake) as con:
        assert query(con, "select feed, (select count(*) from messages) from dim_feed").fetchall() == [("trap-a", 0)]
        with pytest.raises(duckdb.CatalogException):
            query(con, "from campaign_members")
