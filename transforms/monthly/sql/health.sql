SELECT feed, count(*) AS period_count,
    count(*) FILTER (status = 'ok') AS ok_count, count(*) FILTER (status = 'late') AS late_period_count,
    count(*) FILTER (status = 'missing') AS missing_count, count(*) FILTER (status = 'empty') AS empty_count,
    count(*) FILTER (status = 'pending') AS pending_count,
    sum(held_load_count)::BIGINT AS held_load_count, sum(late_message_count)::BIGINT AS late_message_count,
    sum(parsed_count)::BIGINT AS parsed_count, sum(rejected_count)::BIGINT AS rejected_count,
    sum(gate_warning_count)::BIGINT AS gate_warning_count
FROM mart_feed_health_daily
WHERE load_date <= last_day($month) AND last_date >= $month
GROUP BY feed
ORDER BY feed
