SELECT feed, level, reason, sum(reject_count)::BIGINT AS reject_count
FROM mart_rejects_daily
WHERE load_date BETWEEN $month AND last_day($month)
GROUP BY ALL
ORDER BY reject_count DESC, feed, level, reason
