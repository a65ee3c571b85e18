-- Which rings grow, and which fade?
-- Asked by: who decides whom to look at next.
-- Columns: messages of the last 28 days against the 28 before them, counted only in feeds that captured mail on half of
--   the days of both; growth is after by before, empty for a ring that is new or was away.
-- Reads: marts.
with asked as (
    select max(captured_date) as last_date from fct_messages_daily
),
steady as (
    select feed
    from fct_messages_daily, asked
    where captured_date > last_date - 56
    group by feed
    having count(*) filter (captured_date <= last_date - 28) >= 14
        and count(*) filter (captured_date > last_date - 28) >= 14
),
counted as (
    select
        ring_id,
        sum(daily.message_count) filter (captured_date <= last_date - 28) as before_count,
        sum(daily.message_count) filter (captured_date > last_date - 28) as after_count,
        count(distinct campaign_id) filter (captured_date > last_date - 28) as running_campaign_count
    from asked
    join fct_campaign_daily as daily on captured_date > last_date - 56
    join steady using (feed)
    join campaigns using (campaign_id)
    where ring_id is not null
    group by ring_id
)
select
    ring_id,
    coalesce(before_count, 0) as before_count,
    coalesce(after_count, 0) as after_count,
    round(coalesce(after_count, 0) / before_count, 3) as growth,
    running_campaign_count,
    rings.campaign_count,
    rings.message_count as ring_message_count
from counted
join rings using (ring_id)
order by coalesce(after_count, 0) - coalesce(before_count, 0) desc, ring_id
