SELECT m.ring_id, r.first_seen_at,
    coalesce(sum(m.message_count) FILTER (m.month = $month), 0)::BIGINT AS message_count,
    coalesce(sum(m.message_count) FILTER (m.month < $month), 0)::BIGINT AS last_message_count
FROM mart_rings_monthly m
JOIN dim_ring r USING (ring_id)
WHERE m.month IN ($month, $month - INTERVAL 1 MONTH)
GROUP BY ALL
ORDER BY m.ring_id
