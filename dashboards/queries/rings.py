"""Rings: the list, and all that is known of one."""

from dashboards.query import Query

LIST = Query(
    ("dim_ring", "mart_rings_monthly"),
    """
    WITH counted AS (
        SELECT ring_id, sum(message_count)::BIGINT AS messages FROM mart_rings_monthly
        WHERE month BETWEEN $first::DATE AND $last::DATE GROUP BY ring_id
    )
    SELECT ring_id, messages, campaign_count, first_seen_at, last_seen_at, feed_count, link_count, evidence
    FROM dim_ring JOIN counted USING (ring_id)
    WHERE $words = '' OR contains(lower(concat_ws(' ', ring_id, array_to_string(evidence, ' '))), lower($words))
    ORDER BY messages DESC, ring_id LIMIT 200
    """,
)
VOLUME = Query(
    ("mart_rings_monthly", "mart_months"),
    """
    SELECT strftime(month, '%Y-%m') AS month, ring_id, r.message_count, m.month_state = 'closed' AS is_final
    FROM mart_rings_monthly r JOIN mart_months m USING (month)
    WHERE month BETWEEN $first::DATE AND $last::DATE ORDER BY 1, 2
    """,
)
ONE = Query(("dim_ring",), "SELECT * FROM dim_ring WHERE ring_id = $id")
MONTHS = Query(
    ("mart_rings_monthly", "mart_months"),
    """
    SELECT strftime(m.month, '%Y-%m') AS month, 'This ring' AS series, coalesce(r.message_count, 0) AS message_count,
        100 * coalesce(r.share, 0) AS percent, coalesce(r.campaign_count, 0) AS campaign_count,
        coalesce(r.domain_count, 0) AS domain_count, m.month_state = 'closed' AS is_final
    FROM mart_months m LEFT JOIN (FROM mart_rings_monthly WHERE ring_id = $id) r USING (month) ORDER BY 1
    """,
)
CAMPAIGNS = Query(
    ("dim_campaign", "campaign_categories", "dim_category"),
    """
    SELECT campaign_id, subject, coalesce(n.name, k.category_code, 'unknown') AS category, c.state, c.message_count,
        strftime(c.first_seen_at, '%Y-%m-%d') AS first_seen, strftime(c.last_seen_at, '%Y-%m-%d') AS last_seen,
        c.top_domain
    FROM dim_campaign c LEFT JOIN campaign_categories k USING (campaign_id)
    LEFT JOIN dim_category n USING (category_code)
    WHERE c.ring_id = $id ORDER BY c.message_count DESC, campaign_id
    """,
)
LINKS = Query(
    ("mart_ring_links",),
    "SELECT campaign_id, other_campaign_id, kind, value, weight, campaign_count, first_seen_at, last_seen_at "
    "FROM mart_ring_links WHERE ring_id = $id ORDER BY weight DESC, campaign_id, other_campaign_id, kind, value",
)
SHEET = Query(
    ("ring_findings", "dim_compliance_rule"),
    """
    SELECT rule_id, r.title, f.citation, f.message_count, f.strong_indicator_count, f.indicator_count, f.pass_count,
        f.not_applicable_count, f.not_determinable_count, f.campaign_count, f.reason
    FROM ring_findings f LEFT JOIN dim_compliance_rule r USING (rule_id) WHERE ring_id = $id ORDER BY rule_id
    """,
)
