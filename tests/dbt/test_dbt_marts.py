"""The marts of the tiny lake, row by row."""

from __future__ import annotations

from datetime import date, datetime

from tiny_lake import Built


def day(text: str) -> date:
    return date.fromisoformat(text)


MARCH, APRIL, MAY = day("2005-03-01"), day("2005-04-01"), day("2005-05-01")


def test_messages_count_on_the_day_and_feed_that_captured_them(built: Built):
    columns = "captured_date, feed, message_count, message_bytes, sender_count, origin_ip_count, trap_address_count"
    assert built.rows("marts.fct_messages_daily", columns) == [
        (day("1997-03-05"), "corpus", 1, 100, 1, 1, 0),
        (day("2005-03-07"), "trap-b", 1, 100, 1, 1, 0),
        (day("2005-03-09"), "corpus", 1, 100, 1, 1, 0),
        (day("2005-03-29"), "trap-a", 1, 100, 1, 1, 1),
        (day("2005-03-30"), "trap-a", 2, 200, 2, 2, 1),
        (day("2005-04-02"), "trap-a", 1, 100, 1, 1, 1),
        (day("2005-05-31"), "trap-b", 1, 100, 1, 1, 0),
    ]


def test_a_day_tells_what_its_messages_were_like(built: Built):
    columns = (
        "captured_date, feed, url_message_count, attachment_message_count, defective_message_count,"
        "late_message_count, received_clock_count, envelope_clock_count, feed_day_clock_count"
    )
    rows = built.rows("marts.fct_messages_daily", columns)
    assert rows[0] == (day("1997-03-05"), "corpus", 0, 0, 0, 0, 0, 0, 1)
    assert rows[1] == (day("2005-03-07"), "trap-b", 0, 0, 0, 0, 0, 1, 0)
    assert rows[3] == (day("2005-03-29"), "trap-a", 1, 0, 0, 1, 1, 0, 0)
    assert rows[4] == (day("2005-03-30"), "trap-a", 1, 1, 1, 0, 2, 0, 0)


def test_a_month_counts_messages_and_distinct_things(built: Built):
    columns = (
        "month, feed, message_count, message_bytes, sender_count, sender_domain_count, host_count, url_domain_count,"
        "origin_ip_count, trap_address_count, recipient_count"
    )
    assert built.rows("marts.mart_volume_monthly", columns) == [
        (day("1997-03-01"), "corpus", 1, 100, 1, 1, 0, 0, 1, 0, 0),
        (MARCH, "corpus", 1, 100, 1, 1, 0, 0, 1, 0, 0),
        (MARCH, "trap-a", 3, 300, 2, 2, 2, 1, 2, 2, 2),
        (MARCH, "trap-b", 1, 100, 1, 1, 0, 0, 1, 0, 0),
        (APRIL, "trap-a", 1, 100, 1, 1, 1, 1, 1, 1, 1),
        (MAY, "trap-b", 1, 100, 1, 1, 0, 0, 1, 0, 0),
    ]


def test_a_month_tells_what_to_divide_by_and_whether_it_is_final(built: Built):
    columns = (
        "month, feed, days_covered, days_in_month, messages_per_trap_address, messages_per_covered_day,"
        "duplicate_count, rejected_count, month_state, revision, closed_at"
    )
    closed_at = datetime(2005, 4, 5, 2)
    assert built.rows("marts.mart_volume_monthly", columns) == [
        (day("1997-03-01"), "corpus", 1, 31, None, 1.0, 0, 0, "open", 0, None),
        (MARCH, "corpus", 1, 31, None, 1.0, 0, 0, "closed", 1, closed_at),
        (MARCH, "trap-a", 2, 31, 1.5, 1.5, 0, 0, "closed", 1, closed_at),
        (MARCH, "trap-b", 31, 31, None, 1 / 31, 0, 0, "closed", 1, closed_at),
        (APRIL, "trap-a", 2, 30, 1.0, 0.5, 1, 2, "open", 0, None),
        (MAY, "trap-b", 31, 31, None, 1 / 31, 0, 0, "open", 0, None),
    ]


def test_the_health_of_a_feed_names_what_was_missing_held_and_empty(built: Built):
    columns = "load_date, feed, last_date, status, expected_count, received_count, parsed_count, rejected_count"
    assert built.rows("marts.mart_feed_health_daily", columns) == [
        (MARCH, "trap-b", day("2005-03-31"), "ok", None, 1, 1, 0),
        (day("2005-03-30"), "trap-a", day("2005-03-30"), "ok", 4, 3, 3, 0),
        (day("2005-03-31"), "trap-a", day("2005-03-31"), "missing", 4, 0, 0, 0),
        (APRIL, "trap-a", APRIL, "held", 4, 0, 0, 0),
        (APRIL, "trap-b", day("2005-04-30"), "missing", None, 0, 0, 0),
        (day("2005-04-02"), "trap-a", day("2005-04-02"), "ok", 4, 3, 1, 2),
        (day("2005-04-03"), "trap-a", day("2005-04-03"), "missing", 4, 0, 0, 0),
        (day("2005-04-04"), "trap-a", day("2005-04-04"), "empty", 4, 0, 0, 0),
        (MAY, "trap-b", day("2005-05-31"), "ok", None, 1, 1, 0),
        (day("2005-05-03"), "corpus", day("2005-05-03"), "ok", None, 2, 2, 0),
    ]


def test_rejects_have_their_reasons(built: Built):
    assert built.rows("marts.mart_rejects_daily") == [
        (day("2005-04-02"), "trap-a", "container", "archive_entry_broken", 1),
        (day("2005-04-02"), "trap-a", "message", "duplicate", 1),
    ]


def test_feeds_and_months_sum_up(built: Built):
    columns = "feed, cadence, is_enabled, load_count, first_load_date, last_load_date, message_count"
    assert built.rows("marts.dim_feed", columns) == [
        ("corpus", "undated", False, 1, day("2005-05-03"), day("2005-05-03"), 2),
        ("trap-a", "day", True, 4, day("2005-03-30"), day("2005-04-04"), 4),
        ("trap-b", "month", True, 2, MARCH, MAY, 2),
    ]
    assert built.rows("marts.mart_months", "month, month_state, revision, feed_count, message_count") == [
        (day("1997-03-01"), "open", 0, 1, 1),
        (MARCH, "closed", 1, 3, 5),
        (APRIL, "open", 0, 1, 1),
        (MAY, "open", 0, 1, 1),
    ]


def test_every_column_of_a_mart_is_described_in_the_lake(built: Built):
    undescribed = built.query(
        "select table_name, column_name from duckdb_columns()"
        " where database_name = 'lake' and schema_name = 'marts' and comment is null"
    )
    assert undescribed == []


def test_every_message_comes_from_somewhere_or_says_why_not(built: Built):
    """Two messages of March are traced, one of them in vain."""
    assert sorted(built.rows("marts.mart_origins_monthly"), key=lambda row: (row[0], row[4])) == [
        (day("1997-03-01"), None, None, None, "untraced", 1, 0, 1, 1, 1.0),
        (MARCH, "DE", 64500, "Example", "high", 1, 1, 1, 1, 0.2),
        (MARCH, None, None, None, "none", 1, 0, 0, 0, 0.2),
        (MARCH, None, None, None, "untraced", 3, 0, 2, 1, 0.6),
        (APRIL, None, None, None, "untraced", 1, 0, 1, 1, 1.0),
        (MAY, None, None, None, "untraced", 1, 0, 1, 1, 1.0),
    ]
