"""Feeds, what they were to bring and brought, and what gates said of it."""

from dashboards.query import Query

_CHOSEN = """
    load_date < $last::DATE + INTERVAL 1 MONTH AND last_date >= $first::DATE
        AND ($feed::VARCHAR IS NULL OR feed = $feed)
"""

FEEDS = Query(
    ("dim_feed",),
    """
    SELECT feed, description, cadence, is_enabled, load_count, message_count, first_captured_at, last_captured_at,
        expected_daily_count, late_days, licence
    FROM dim_feed WHERE $feed::VARCHAR IS NULL OR feed = $feed ORDER BY feed
    """,
)
HEALTH = Query(
    ("mart_feed_health_daily",),
    f"""
    SELECT strftime(load_date, '%Y-%m-%d') AS load_date, strftime(last_date + 1, '%Y-%m-%d') AS until_date, feed,
        status, expected_count, received_count, parsed_count, rejected_count, duplicate_count, held_load_count,
        gate_warning_count
    FROM mart_feed_health_daily WHERE {_CHOSEN} ORDER BY mart_feed_health_daily.load_date, feed
    """,
)
TROUBLE = Query(
    ("mart_feed_health_daily",),
    f"""
    SELECT strftime(load_date, '%Y-%m-%d') AS period, feed, status, expected_count, received_count, held_load_count,
        gate_warning_count
    FROM mart_feed_health_daily WHERE {_CHOSEN} AND (status <> 'ok' OR gate_warning_count > 0)
    ORDER BY load_date DESC, feed LIMIT 100
    """,
)
REJECTS = Query(
    ("mart_rejects_daily",),
    """
    SELECT strftime(load_date, '%Y-%m') AS month, reason, sum(reject_count)::BIGINT AS message_count, true AS is_final
    FROM mart_rejects_daily
    WHERE load_date >= $first::DATE AND load_date < $last::DATE + INTERVAL 1 MONTH
        AND ($feed::VARCHAR IS NULL OR feed = $feed)
    GROUP BY ALL ORDER BY 1, 2
    """,
)
OVERLAP = Query(
    ("mart_campaign_overlap_feeds",),
    """
    SELECT strftime(month, '%Y-%m') AS month, feed, campaign_count, exclusive_campaign_count, message_count,
        100 * coverage_share AS coverage, 100 * exclusive_share AS exclusive
    FROM mart_campaign_overlap_feeds
    WHERE month BETWEEN $first::DATE AND $last::DATE AND ($feed::VARCHAR IS NULL OR feed = $feed)
    ORDER BY 1 DESC, feed LIMIT 60
    """,
)
GATES = Query(
    ("mart_gate_runs",),
    """
    SELECT gate_run_id, evaluated_at, gate, feed, strftime(load_date, '%Y-%m-%d') AS period, expectation_count,
        critical_failure_count, warning_failure_count, failed_expectations, report, load_count, held_load_count
    FROM mart_gate_runs WHERE $feed::VARCHAR IS NULL OR feed = $feed OR feed IS NULL
    ORDER BY evaluated_at DESC, gate_run_id LIMIT 500
    """,
)
