"""Late rows rebuild the months they touch, and no other."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
import tiny_lake
from tiny_lake import Built, Dbt, Load

INCREMENTAL = (
    "marts.fct_messages_daily",
    "marts.mart_rejects_daily",
    "marts.mart_volume_monthly",
    "marts.mart_campaigns_monthly",
    "marts.mart_rings_monthly",
    "marts.mart_origins_monthly",
    "staging.int_assignments_daily",
)
VOLUME = "month, feed, message_count, message_bytes, rejected_count, month_state, revision, closed_at"
TOUCHED = ["2005-03-01", "2005-04-01"]


@pytest.fixture(scope="module")
def rebuilt(built: Built, build: Dbt) -> Built:
    """The tiny lake a night later: built for March and April only, with marks in every month's mart rows.

    A message of c-1 was withdrawn; a late one came to the two of c-2, and c-1 took c-2 over.
    """
    _mark(built.lake)
    with tiny_lake.connect(built.lake) as connection:
        connection.execute("begin")
        late = Load("trap-a", "2005-04-05").message("2005-03-31 23:59:59.999", message_bytes=50).reject("duplicate")
        late.write(connection)
        tiny_lake.group(connection, ("trap-a-2005-04-05-0-0", "t-4", "c-2"))
        tiny_lake.insert(connection, "campaign_lineage", [{"campaign_id": "c-2", "merged_into": "c-1"}])
        for table in ("messages", "campaign_assignments"):
            connection.execute(f"delete from {table} where feed = 'corpus' and captured_at > '2005-01-01'")
        connection.execute("update loads set found_count = 1, parsed_count = 1 where feed = 'corpus'")
        connection.execute(
            "update loads set status = 'published', found_count = 0, parsed_count = 0 where status = 'held'"
        )
        reopened = {"event_id": "f1", "month": date(2005, 3, 1), "event": "reopened"}
        tiny_lake.insert(connection, "month_events", [reopened | {"occurred_at": datetime(2005, 4, 6, 2)}])
        connection.execute("commit")
    build(built.lake, months=",".join(TOUCHED))
    return Built(built.lake)


def _mark(lake: Path) -> None:
    """Numbers that no computation would give, so that a row that is computed again is seen."""
    with tiny_lake.connect(lake) as connection:
        connection.execute("comment on table marts.dim_feed is 'mark'")
        connection.execute("comment on column marts.mart_months.month is 'mark'")
        connection.execute("update marts.mart_volume_monthly set message_bytes = 777")
        connection.execute("update marts.fct_messages_daily set message_bytes = 777")
        connection.execute("update marts.mart_campaigns_monthly set domain_count = 777")
        connection.execute("update marts.mart_rings_monthly set domain_count = 777")
        connection.execute("update marts.mart_origins_monthly set as_name = 'mark'")
        connection.execute("update staging.int_assignments_daily set first_captured_at = '1970-01-01'")


def test_touched_months_are_computed_again_and_others_keep_their_rows(rebuilt: Built):
    assert rebuilt.rows("marts.mart_volume_monthly", VOLUME) == [
        (date(1997, 3, 1), "corpus", 1, 777, 0, "open", 0, None),
        (date(2005, 3, 1), "trap-a", 4, 350, 0, "reopened", 1, None),
        (date(2005, 3, 1), "trap-b", 1, 100, 0, "reopened", 1, None),
        (date(2005, 4, 1), "trap-a", 1, 100, 3, "open", 0, None),
        (date(2005, 5, 1), "trap-b", 1, 777, 0, "open", 0, None),
    ]


def test_a_row_whose_last_message_was_withdrawn_goes(built: Built, rebuilt: Built):
    gone = set(built.rows("marts.fct_messages_daily", "captured_date, feed")) - set(
        rebuilt.rows("marts.fct_messages_daily", "captured_date, feed")
    )
    assert gone == {(date(2005, 3, 9), "corpus")}


def test_days_of_other_months_keep_their_rows(rebuilt: Built):
    marked = rebuilt.rows("marts.fct_messages_daily", "captured_date, message_bytes = 777")
    assert [day for day, is_marked in marked if is_marked] == [date(1997, 3, 5), date(2005, 5, 31)]


def test_campaigns_of_touched_months_have_their_present_ids_and_others_keep_their_rows(rebuilt: Built):
    columns = "month, campaign_id, message_count, share, feeds, domain_count"
    assert rebuilt.rows("marts.mart_campaigns_monthly", columns) == [
        (date(1997, 3, 1), "c-1", 1, 1.0, ["corpus"], 777),
        (date(2005, 3, 1), "c-1", 4, 0.8, ["trap-a", "trap-b"], 1),
        (date(2005, 3, 1), "c-3", 1, 0.2, ["trap-a"], 0),
        (date(2005, 4, 1), "c-3", 1, 1.0, ["trap-a"], 1),
        (date(2005, 5, 1), "c-3", 1, 1.0, ["trap-b"], 777),
    ]
    assert rebuilt.rows("marts.mart_rings_monthly", "month, message_count, campaign_count, domain_count") == [
        (date(1997, 3, 1), 1, 1, 777),
        (date(2005, 3, 1), 5, 2, 1),
        (date(2005, 4, 1), 1, 1, 1),
        (date(2005, 5, 1), 1, 1, 777),
    ]
    marked = rebuilt.rows("marts.mart_origins_monthly", "month, coalesce(as_name, '') = 'mark'")
    assert {month for month, is_marked in marked if is_marked} == {date(1997, 3, 1), date(2005, 5, 1)}
    marked = rebuilt.rows("staging.int_assignments_daily", "captured_date, year(first_captured_at) = 1970")
    assert [day for day, is_marked in marked if is_marked] == [date(1997, 3, 5), date(2005, 5, 31)]


def test_a_campaign_that_took_another_over_counts_its_messages(built: Built, rebuilt: Built):
    columns = "campaign_id, message_count, taken_over_count, template_count, feed_count"
    assert built.rows("marts.dim_campaign", columns)[0] == ("c-1", 3, 2, 3, 2)
    assert rebuilt.rows("marts.dim_campaign", columns)[0] == ("c-1", 5, 3, 4, 3)
    assert [one for one, other in rebuilt.rows("marts.campaign_ids") if other == "c-1"] == ["c-1", "c-2", "c-6", "c-7"]


def test_small_tables_tell_of_the_change(rebuilt: Built):
    health = {
        row[0]: row[1:]
        for row in rebuilt.rows("marts.mart_feed_health_daily", "load_date, status, late_message_share, feed")
        if row[3] == "trap-a"
    }
    assert health[date(2005, 4, 1)][0] == "empty"
    assert health[date(2005, 4, 5)][:2] == ("ok", 1.0)
    assert (date(2005, 3, 1), "reopened", 2, 5) in rebuilt.rows(
        "marts.mart_months", "month, month_state, feed_count, message_count"
    )


def test_no_changed_month_adds_and_takes_nothing(rebuilt: Built, build: Dbt):
    build(rebuilt.lake, months="")
    after = Built(rebuilt.lake)
    assert [after.rows(table) for table in INCREMENTAL] == [rebuilt.rows(table) for table in INCREMENTAL]


def test_no_table_is_made_anew_and_comments_are_those_of_the_project(rebuilt: Built):
    with closing(sqlite3.connect(rebuilt.lake / "catalogue.sqlite")) as catalogue:
        ended = catalogue.execute("select table_name from ducklake_table where end_snapshot is not null").fetchall()
    assert ended == []
    of_marts = "where database_name = 'lake' and schema_name = 'marts' and (comment is null or comment in ('', 'mark'))"
    assert rebuilt.query(f"select table_name from duckdb_tables() {of_marts}") == []
    assert rebuilt.query(f"select table_name, column_name from duckdb_columns() {of_marts}") == []
