-- How long do campaigns live?
-- Asked by: who wonders how fast one must be.
-- Columns: by what they sell: campaigns that are over (dormant), and those that still run and may grow; of those that are
--   over, days from first to last message (0: within 24 hours) and the share that lasted less than a day; active_share
--   is the part of their days on which they were seen.
-- Reads: marts.
with aged as (
    select
        coalesce(category_code, 'unknown') as category_code,
        state <> 'dormant' as is_running,
        date_diff('second', first_seen_at, last_seen_at) / 86400 as lifetime_days,
        active_day_count / (date_diff('day', first_seen_at::date, last_seen_at::date) + 1) as active_share,
        campaigns.message_count
    from campaigns
    left join campaign_categories using (campaign_id)
)
select
    coalesce(category_code, 'all') as category_code,
    count(*) filter (not is_running) as over_count,
    count(*) filter (is_running) as running_count,
    round(median(lifetime_days) filter (not is_running), 1) as median_days,
    round(quantile_cont(lifetime_days, .9) filter (not is_running), 1) as p90_days,
    round(max(lifetime_days) filter (not is_running), 1) as longest_days,
    round(avg((lifetime_days < 1)::int) filter (not is_running), 3) as under_a_day_share,
    round(avg(active_share) filter (not is_running), 3) as active_share,
    sum(message_count) as message_count
from aged
group by rollup (category_code)
order by count(*) desc, category_code
