-- What was found and not counted, and why?
-- Asked by: who must show that nothing was lost.
-- Columns: rejects by feed and reason; duplicate is a redelivery of what counts already; share is of all that was found
--   in the feed (found = parsed + rejected, file by file: a gate holds that).
-- Reads: marts.
with found as (
    select feed, sum(received_count) as found_count from mart_feed_health_daily group by feed
)
select
    feed,
    level,
    reason,
    sum(reject_count) as reject_count,
    round(sum(reject_count) / any_value(found_count), 5) as share,
    min(load_date) as first_load_date,
    max(load_date) as last_load_date
from mart_rejects_daily
join found using (feed)
group by feed, level, reason
order by reject_count desc, feed, reason
