SELECT country_code,
    sum(message_count)::BIGINT AS message_count,
    coalesce(sum(message_count) FILTER (origin_confidence = 'high'), 0)::BIGINT AS high_count,
    coalesce(sum(message_count) FILTER (origin_confidence = 'medium'), 0)::BIGINT AS medium_count,
    coalesce(sum(message_count) FILTER (origin_confidence = 'low'), 0)::BIGINT AS low_count
FROM mart_origins_monthly
WHERE month = $month AND country_code IS NOT NULL
GROUP BY country_code
ORDER BY message_count DESC, country_code
LIMIT 10
