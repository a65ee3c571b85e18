SELECT category_code, coalesce(any_value(name), category_code) AS name,
    coalesce(sum(message_count) FILTER (month = $month), 0)::BIGINT AS message_count,
    coalesce(sum(message_count) FILTER (month < $month), 0)::BIGINT AS last_message_count
FROM mart_categories_monthly LEFT JOIN dim_category USING (category_code)
WHERE month IN ($month, $month - INTERVAL 1 MONTH)
GROUP BY category_code
ORDER BY message_count DESC, category_code
