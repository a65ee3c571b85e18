"""Campaigns: the list, and all that is known of one."""

from dashboards.query import Query

PAGE_ROWS = 25

ORDERS = {
    "Most messages": "messages DESC, campaign_id",
    "Newest": "first_seen_at DESC, campaign_id",
    "Last seen": "last_seen_at DESC, campaign_id",
}
_FOUND = """
    WITH counted AS (
        SELECT campaign_id, sum(message_count)::BIGINT AS messages FROM fct_campaign_daily
        WHERE captured_date >= $first::DATE AND captured_date < $last::DATE + INTERVAL 1 MONTH
            AND ($feed::VARCHAR IS NULL OR feed = $feed)
        GROUP BY campaign_id
    )
    SELECT campaign_id, subject, coalesce(n.name, k.category_code) AS category, c.state, messages, c.first_seen_at,
        c.last_seen_at, c.template_count, c.top_domain, c.ring_id
    FROM dim_campaign c JOIN counted USING (campaign_id)
    LEFT JOIN campaign_categories k USING (campaign_id) LEFT JOIN dim_category n USING (category_code)
    WHERE ($category::VARCHAR IS NULL OR k.category_code = $category) AND ($state::VARCHAR IS NULL OR c.state = $state)
        AND ($words = '' OR contains(lower(concat_ws(' ', campaign_id, subject, top_domain, ring_id)), lower($words)))
"""
_READ = ("dim_campaign", "fct_campaign_daily", "campaign_categories", "dim_category")
COUNT = Query(_READ, f"SELECT count(*) AS campaigns, coalesce(sum(messages), 0)::BIGINT AS messages FROM ({_FOUND})")


def found(order: str) -> Query:
    """A page of the list, in one of ORDERS."""
    return Query(_READ, f"{_FOUND} ORDER BY {ORDERS[order]} LIMIT {PAGE_ROWS} OFFSET $skipped")


ALL_FOUND = Query(_READ, f"{_FOUND} ORDER BY messages DESC, campaign_id")
ONE = Query(
    ("dim_campaign", "campaign_categories", "dim_category"),
    """
    SELECT c.*, coalesce(n.name, k.category_code) AS category, k.confidence AS category_confidence
    FROM dim_campaign c LEFT JOIN campaign_categories k USING (campaign_id)
    LEFT JOIN dim_category n USING (category_code) WHERE campaign_id = $id
    """,
)
PRESENT = Query(("campaign_ids",), "SELECT campaign_id FROM campaign_ids WHERE assigned_campaign_id = $id LIMIT 1")
FORMER = Query(
    ("campaign_ids",),
    "SELECT assigned_campaign_id AS former FROM campaign_ids WHERE campaign_id = $id AND former <> $id ORDER BY 1",
)
DAYS = Query(
    ("fct_campaign_daily",),
    "SELECT strftime(captured_date, '%Y-%m-%d') AS captured_date, feed, message_count FROM fct_campaign_daily "
    "WHERE campaign_id = $id ORDER BY fct_campaign_daily.captured_date, feed",
)
MEMBERS = Query(
    ("mart_campaigns_monthly",),
    """
    SELECT strftime(month, '%Y-%m') AS month, message_count, 100 * share AS percent, template_count, domain_count,
        origin_ip_count, trap_address_count, feeds
    FROM mart_campaigns_monthly WHERE campaign_id = $id ORDER BY mart_campaigns_monthly.month
    """,
)
TEMPLATES = Query(
    ("campaign_templates",),
    "SELECT template_rank, template_id, message_count, first_seen_date, last_seen_date, method, similarity, evidence, "
    "script, subject, excerpt, category_code FROM campaign_templates WHERE campaign_id = $id ORDER BY template_rank",
)
ORIGINS = Query(
    ("mart_campaign_origins_monthly",),
    """
    SELECT coalesce(country_code, 'not known') AS country, sum(message_count)::BIGINT AS message_count
    FROM mart_campaign_origins_monthly WHERE campaign_id = $id GROUP BY ALL
    ORDER BY message_count DESC, country LIMIT 15
    """,
)
SYSTEMS = Query(
    ("mart_campaign_origins_monthly",),
    """
    SELECT asn, any_value(as_name) AS as_name, any_value(country_code) AS country_code,
        sum(message_count)::BIGINT AS message_count
    FROM mart_campaign_origins_monthly WHERE campaign_id = $id AND asn IS NOT NULL GROUP BY asn
    ORDER BY message_count DESC, asn LIMIT 10
    """,
)
FINDINGS = Query(
    ("campaign_findings", "dim_compliance_rule"),
    """
    SELECT rule_id, r.title, f.citation, f.verdict, f.message_count, f.strong_message_count, f.reason
    FROM campaign_findings f LEFT JOIN dim_compliance_rule r USING (rule_id) WHERE campaign_id = $id ORDER BY rule_id
    """,
)
