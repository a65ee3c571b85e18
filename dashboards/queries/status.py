"""What every page says first: how old the night is and what is not final."""

from dashboards.query import Query

MONTHS = Query(
    ("mart_months",),
    "SELECT strftime(month, '%Y-%m') AS month, month_state, revision, closed_at, last_changed_at, feed_count, "
    "message_count FROM mart_months ORDER BY month DESC",
)
NEWEST = Query(
    ("dim_feed",), "SELECT max(last_captured_at)::DATE AS newest, sum(message_count)::BIGINT AS messages FROM dim_feed"
)
HELD = Query(
    ("mart_feed_health_daily",),
    "SELECT feed, strftime(load_date, '%Y-%m-%d') AS period, held_load_count FROM mart_feed_health_daily "
    "WHERE held_load_count > 0 ORDER BY load_date DESC, feed",
)
