"""Volume by month, feed and category, and what changed in the last month."""

from dashboards.query import Query

_CHOSEN = "month BETWEEN $first::DATE AND $last::DATE AND ($feed::VARCHAR IS NULL OR feed = $feed)"

VOLUME = Query(
    ("mart_volume_monthly",),
    f"""
    SELECT strftime(month, '%Y-%m') AS month, feed, message_count, trap_address_count, days_covered, days_in_month,
        messages_per_trap_address, messages_per_covered_day, month_state, month_state = 'closed' AS is_final
    FROM mart_volume_monthly WHERE {_CHOSEN} ORDER BY mart_volume_monthly.month, feed
    """,
)
CATEGORIES = Query(
    ("mart_categories_monthly", "dim_category", "mart_months"),
    f"""
    SELECT strftime(month, '%Y-%m') AS month, coalesce(c.name, category_code) AS category,
        sum(m.message_count)::BIGINT AS message_count,
        any_value(s.month_state) IS NOT DISTINCT FROM 'closed' AS is_final
    FROM mart_categories_monthly m LEFT JOIN dim_category c USING (category_code) LEFT JOIN mart_months s USING (month)
    WHERE {_CHOSEN} GROUP BY ALL ORDER BY 1, 2
    """,
)
MOVED = Query(
    ("mart_categories_monthly", "dim_category", "mart_volume_monthly"),
    """
    SELECT coalesce(c.name, category_code) AS category,
        coalesce(sum(m.message_count) FILTER (month < $last::DATE), 0)::BIGINT AS before_count,
        coalesce(sum(m.message_count) FILTER (month = $last::DATE), 0)::BIGINT AS now_count,
        now_count - before_count AS change
    FROM mart_categories_monthly m LEFT JOIN dim_category c USING (category_code)
    WHERE month BETWEEN $last::DATE - INTERVAL 1 MONTH AND $last::DATE AND ($feed::VARCHAR IS NULL OR feed = $feed)
        AND feed IN (
            SELECT feed FROM mart_volume_monthly
            WHERE month BETWEEN $last::DATE - INTERVAL 1 MONTH AND $last::DATE AND message_count > 0
            GROUP BY feed HAVING count(*) = 2
        )
    GROUP BY ALL ORDER BY abs(change) DESC, category LIMIT 6
    """,
)
ARRIVED = Query(
    ("dim_campaign", "mart_campaigns_monthly"),
    """
    SELECT campaign_id, subject, m.message_count, strftime(c.first_seen_at, '%Y-%m-%d') AS first_seen
    FROM dim_campaign c JOIN mart_campaigns_monthly m USING (campaign_id)
    WHERE m.month = $last::DATE AND c.first_seen_at >= $last::DATE
        AND ($feed::VARCHAR IS NULL OR list_contains(m.feeds, $feed))
    ORDER BY m.message_count DESC, campaign_id LIMIT 6
    """,
)
SILENT = Query(
    ("mart_rings_monthly",),
    """
    SELECT ring_id, message_count AS before_count, strftime(last_seen_at, '%Y-%m-%d') AS last_seen
    FROM mart_rings_monthly WHERE month = $last::DATE - INTERVAL 1 MONTH
    AND ring_id NOT IN (SELECT ring_id FROM mart_rings_monthly WHERE month = $last::DATE)
    ORDER BY message_count DESC, ring_id LIMIT 6
    """,
)
CAMPAIGN_COUNT = Query(
    ("mart_campaigns_monthly",),
    "SELECT count(*) AS campaigns FROM mart_campaigns_monthly WHERE month = $last::DATE "
    "AND ($feed::VARCHAR IS NULL OR list_contains(feeds, $feed))",
)
RING_COUNT = Query(
    ("mart_rings_monthly",), "SELECT count(*) AS rings FROM mart_rings_monthly WHERE month = $last::DATE"
)
