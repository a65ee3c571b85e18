SELECT origin_confidence, sum(message_count)::BIGINT AS message_count
FROM mart_origins_monthly
WHERE month = $month
GROUP BY origin_confidence
ORDER BY ALL
