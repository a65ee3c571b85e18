SELECT asn, any_value(as_name ORDER BY as_name) AS as_name, any_value(country_code ORDER BY country_code) AS country_code,
    sum(message_count)::BIGINT AS message_count,
    coalesce(sum(message_count) FILTER (origin_confidence = 'high'), 0)::BIGINT AS high_count,
    coalesce(sum(message_count) FILTER (origin_confidence = 'medium'), 0)::BIGINT AS medium_count,
    coalesce(sum(message_count) FILTER (origin_confidence = 'low'), 0)::BIGINT AS low_count
FROM mart_origins_monthly
WHERE month = $month AND asn IS NOT NULL
GROUP BY asn
ORDER BY message_count DESC, asn
LIMIT 10
