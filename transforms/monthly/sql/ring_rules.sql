SELECT f.ring_id, f.rule_id, d.title, f.citation, f.reason, f.message_count, f.indicator_count, f.strong_indicator_count
FROM ring_findings f
LEFT JOIN dim_compliance_rule d USING (rule_id)
WHERE f.indicator_count + f.strong_indicator_count > 0 AND f.ring_id IN (
    SELECT ring_id FROM mart_rings_monthly WHERE month = $month ORDER BY message_count DESC, ring_id LIMIT 10
)
ORDER BY f.ring_id, f.rule_id
