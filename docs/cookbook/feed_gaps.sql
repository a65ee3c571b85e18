-- Which feed was silent or short, and when?
-- Asked by: the operator; and everybody before they believe that spam fell.
-- Columns: periods that are not ok, or that brought less than half or more than twice of what the feed's median period
--   brings; status is the worst that is true: held, pending, missing, empty, late; expected_count is what is declared.
-- Reads: marts.
with usual as (
    select feed, median(received_count) as usual_count from mart_feed_health_daily where status = 'ok' group by feed
)
select
    load_date,
    last_date,
    feed,
    status,
    expected_count,
    received_count,
    round(received_count / nullif(usual_count, 0), 3) as share_of_usual,
    held_load_count,
    gate_warning_count
from mart_feed_health_daily
left join usual using (feed)
where status <> 'ok' or received_count not between usual_count / 2 and usual_count * 2
order by load_date desc, feed
