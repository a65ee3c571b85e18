SELECT month, feed, message_count, trap_address_count, days_covered, days_in_month,
    message_count / nullif(trap_address_count * days_covered, 0) AS messages_per_address_day
FROM mart_volume_monthly
WHERE month IN ($month, $month - INTERVAL 1 MONTH, $month - INTERVAL 1 YEAR)
ORDER BY month, feed
