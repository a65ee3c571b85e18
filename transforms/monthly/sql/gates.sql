SELECT gate, feed, load_date, critical_failure_count, warning_failure_count, held_load_count,
    array_to_string(failed_expectations, '; ') AS failed
FROM mart_gate_runs
WHERE load_date BETWEEN $month AND last_day($month) AND critical_failure_count + warning_failure_count > 0
ORDER BY load_date DESC, feed, gate_run_id
LIMIT 20
