SELECT m.ring_id, m.campaign_count, m.message_count, m.share, m.domain_count, r.first_seen_at,
    r.first_seen_at >= $month AS is_new, r.evidence, r.message_count AS all_message_count,
    r.campaign_count AS all_campaign_count
FROM mart_rings_monthly m
JOIN dim_ring r USING (ring_id)
WHERE m.month = $month
ORDER BY m.message_count DESC, m.ring_id
LIMIT 10
