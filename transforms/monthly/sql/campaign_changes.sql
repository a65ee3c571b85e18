SELECT m.campaign_id, c.subject, c.ring_id, c.first_seen_at,
    coalesce(sum(m.message_count) FILTER (m.month = $month), 0)::BIGINT AS message_count,
    coalesce(sum(m.message_count) FILTER (m.month < $month), 0)::BIGINT AS last_message_count
FROM mart_campaigns_monthly m
JOIN dim_campaign c USING (campaign_id)
WHERE m.month IN ($month, $month - INTERVAL 1 MONTH)
GROUP BY ALL
ORDER BY m.campaign_id
