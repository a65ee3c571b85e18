SELECT month, month_state, revision, closed_at, last_changed_at, feed_count, message_count
FROM mart_months
WHERE month BETWEEN $month - INTERVAL 12 MONTH AND $month
ORDER BY month
