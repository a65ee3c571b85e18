SELECT captured_date, feed, message_count
FROM fct_messages_daily
WHERE captured_date BETWEEN $month AND last_day($month)
ORDER BY captured_date, feed
