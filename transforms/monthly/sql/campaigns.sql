SELECT m.campaign_id, c.subject, k.category_code, coalesce(g.name, k.category_code) AS category, m.message_count,
    m.share, d.day_count, c.ring_id, c.state, c.first_seen_at, c.first_seen_at >= $month AS is_new, c.top_domain
FROM mart_campaigns_monthly m
JOIN dim_campaign c USING (campaign_id)
LEFT JOIN campaign_categories k USING (campaign_id)
LEFT JOIN dim_category g USING (category_code)
LEFT JOIN (
    SELECT campaign_id, count(DISTINCT captured_date) AS day_count
    FROM fct_campaign_daily WHERE captured_date BETWEEN $month AND last_day($month) GROUP BY campaign_id
) d USING (campaign_id)
WHERE m.month = $month
ORDER BY m.message_count DESC, m.campaign_id
LIMIT 10
