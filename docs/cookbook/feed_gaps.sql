-- Which feed was silent or short, and when?
-- Asked by: the operator; and everybody before they believe that spam fell.
-- Columns: periods (files due) of each feed by status, the worst that is true: held, pending, missing, empty, late, ok;
--   expected_share is what came by what is declared in feeds.toml; short_period_count those that brought less than half
--   of the feed's median period, shortest_date the one that brought least.
-- Reads: marts.
with usual as (
    select feed, median(received_count) as usual_count from mart_feed_health_daily where status = 'ok' group by feed
)
select
    feed,
    status,
    count(*) as period_count,
    min(load_date) as first_load_date,
    max(load_date) as last_load_date,
    sum(received_count) as received_count,
    round(sum(received_count) / nullif(sum(expected_count), 0), 3) as expected_share,
    count(*) filter (received_count < usual_count / 2) as short_period_count,
    min_by(load_date, received_count) as shortest_date,
    sum(held_load_count) as held_load_count,
    sum(gate_warning_count) as gate_warning_count
from mart_feed_health_daily
left join usual using (feed)
group by feed, status
order by feed, status = 'ok', status
