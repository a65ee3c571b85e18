SELECT c.ring_id, f.rule_id, count(*) AS campaign_count,
    count(*) FILTER (f.verdict IN ('indicator', 'strong_indicator')) AS indicated_campaign_count,
    sum(f.message_count)::BIGINT AS message_count, sum(f.strong_message_count)::BIGINT AS strong_message_count,
    arg_max(f.reason, (f.strong_message_count, f.message_count, f.campaign_id))
        FILTER (f.verdict IN ('indicator', 'strong_indicator')) AS reason
FROM campaign_findings f
JOIN dim_campaign c USING (campaign_id)
WHERE f.rule_id IN ('T1', 'E1') AND c.ring_id IN (
    SELECT ring_id FROM mart_rings_monthly WHERE month = $month ORDER BY message_count DESC, ring_id LIMIT 10
)
GROUP BY c.ring_id, f.rule_id
ORDER BY c.ring_id, f.rule_id
