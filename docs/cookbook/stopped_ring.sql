-- When a ring was stopped, what did its volume do, and what did the total do?
-- Asked by: a court, a journalist.
-- Columns: the four weeks up to the ring's last day and the four behind it (week -1 ends on that day); only feeds that
--   captured mail on half of the days before and behind are counted: a new feed would be taken for a flood; total_index is the week's
--   total by the mean of the four weeks before, 1 = as before.
-- Default: of the rings that were silent for the last four weeks of the data, the one with most messages.
-- Reads: marts.
with asked as (
    select ring_id, last_seen_at::date as last_date
    from rings
    where last_seen_at::date + 28 <= (select max(captured_date) from fct_messages_daily)
    order by message_count desc, ring_id
    limit 1
),
weeks as (
    select
        unnest([-4, -3, -2, -1, 1, 2, 3, 4]) as week,
        ring_id,
        last_date,
        last_date + 1 + 7 * (week - (week > 0)::int) as first_date
    from asked
),
steady as (
    select feed
    from fct_messages_daily, asked
    where captured_date between last_date - 27 and last_date + 28
    group by feed
    having count(*) filter (captured_date <= last_date) >= 14 and count(*) filter (captured_date > last_date) >= 14
),
totals as (
    select week, sum(message_count) as total_count
    from weeks
    join fct_messages_daily on captured_date between first_date and first_date + 6
    join steady using (feed)
    group by week
),
ring as (
    select week, sum(daily.message_count) as ring_count
    from weeks
    join campaigns using (ring_id)
    join fct_campaign_daily as daily
        on daily.campaign_id = campaigns.campaign_id and captured_date between first_date and first_date + 6
    join steady using (feed)
    group by week
)
select
    week,
    first_date,
    first_date + 6 as last_date,
    ring_id,
    coalesce(ring_count, 0) as ring_count,
    total_count - coalesce(ring_count, 0) as other_count,
    total_count,
    round(coalesce(ring_count, 0) / total_count, 4) as ring_share,
    round(total_count / avg(total_count) filter (week < 0) over (), 3) as total_index
from weeks
join totals using (week)
left join ring using (week)
order by week
