"""The marts of campaigns and rings of the tiny lake, row by row."""

from __future__ import annotations

from datetime import date, datetime

from tiny_lake import Built

OLD, MARCH, APRIL, MAY = date(1997, 3, 1), date(2005, 3, 1), date(2005, 4, 1), date(2005, 5, 1)


def test_ids_lead_to_present_ones_and_two_messages_are_no_campaign(built: Built):
    assert built.rows("marts.campaign_ids") == [("c-1", "c-1"), ("c-3", "c-3"), ("c-6", "c-1"), ("c-7", "c-1")]


def test_a_campaign_counts_what_all_its_ids_brought(built: Built):
    columns = "campaign_id, message_count, active_day_count, template_count, feed_count, scripts, taken_over_count"
    assert built.rows("marts.dim_campaign", columns) == [
        ("c-1", 3, 3, 3, 2, ["Latn"], 2),
        ("c-3", 3, 3, 2, 2, ["Latn"], 0),
    ]
    columns = (
        "campaign_id, first_seen_at, last_seen_at, state, ring_id, top_domain, representative_message_key, subject"
    )
    assert built.rows("marts.dim_campaign", columns) == [
        (
            "c-1",
            datetime(1997, 3, 5, 8),
            datetime(2005, 3, 9, 8),
            "dormant",
            "r-1",
            None,
            "corpus-2005-05-03-0-0",
            "Buy",
        ),
        (
            "c-3",
            datetime(2005, 3, 30, 11),
            datetime(2005, 5, 31, 23, 59, 59),
            "returned",
            "r-1",
            "pills.example",
            "trap-a-2005-03-30-0-2",
            None,
        ),
    ]


def test_days_and_months_add_up_to_the_campaigns(built: Built):
    assert built.rows("marts.fct_campaign_daily", "captured_date, feed, campaign_id, message_count") == [
        (date(1997, 3, 5), "corpus", "c-1", 1),
        (date(2005, 3, 7), "trap-b", "c-1", 1),
        (date(2005, 3, 9), "corpus", "c-1", 1),
        (date(2005, 3, 30), "trap-a", "c-3", 1),
        (date(2005, 4, 2), "trap-a", "c-3", 1),
        (date(2005, 5, 31), "trap-b", "c-3", 1),
    ]
    columns = (
        "month, campaign_id, message_count, share, feed_count, feeds, domain_count, origin_ip_count,"
        "trap_address_count, template_count"
    )
    assert built.rows("marts.mart_campaigns_monthly", columns) == [
        (OLD, "c-1", 1, 1.0, 1, ["corpus"], 0, 1, 0, 1),
        (MARCH, "c-1", 2, 0.4, 2, ["corpus", "trap-b"], 0, 2, 0, 2),
        (MARCH, "c-3", 1, 0.2, 1, ["trap-a"], 0, 1, 1, 1),
        (APRIL, "c-3", 1, 1.0, 1, ["trap-a"], 1, 1, 1, 1),
        (MAY, "c-3", 1, 1.0, 1, ["trap-b"], 0, 1, 0, 1),
    ]


def test_a_ring_is_what_its_campaigns_are_and_names_its_evidence(built: Built):
    assert built.rows("marts.dim_ring") == [
        ("r-1", 2, 6, datetime(1997, 3, 5, 8), datetime(2005, 5, 31, 23, 59, 59), 3, 1, ["phone +15550100"])
    ]
    columns = "month, ring_id, message_count, share, campaign_count, feed_count, domain_count, origin_ip_count"
    assert built.rows("marts.mart_rings_monthly", columns) == [
        (OLD, "r-1", 1, 1.0, 1, 1, 0, 1),
        (MARCH, "r-1", 3, 0.6, 2, 3, 0, 2),
        (APRIL, "r-1", 1, 1.0, 1, 1, 1, 1),
        (MAY, "r-1", 1, 1.0, 1, 1, 0, 1),
    ]


def test_a_feed_is_worth_the_campaigns_that_it_alone_saw(built: Built):
    columns = "month, feed, campaign_count, exclusive_campaign_count, message_count, exclusive_message_count,"
    assert built.rows("marts.mart_campaign_overlap_feeds", columns + "coverage_share, exclusive_share") == [
        (OLD, "corpus", 1, 1, 1, 1, 1.0, 1.0),
        (MARCH, "corpus", 1, 0, 1, 0, 0.5, 0.0),
        (MARCH, "trap-a", 1, 1, 1, 1, 0.5, 1.0),
        (MARCH, "trap-b", 1, 0, 1, 0, 0.5, 0.0),
        (APRIL, "trap-a", 1, 1, 1, 1, 1.0, 1.0),
        (MAY, "trap-b", 1, 1, 1, 1, 1.0, 1.0),
    ]
