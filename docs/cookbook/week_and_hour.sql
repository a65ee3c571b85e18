-- On which days of the week and at which hours does spam come?
-- Asked by: who looks for office hours, or for machines that are switched off at night.
-- Columns: one row an hour of the day, UTC; each weekday's column is its share of that day's messages, so a column adds
--   up to 1; all_days the same over all. Only messages whose hour a trusted clock or the envelope wrote are counted.
-- Reads: raw table messages, since marts know days and no hours; here the newest closed month.
with asked as (
    select coalesce(max(month) filter (month_state = 'closed'), max(month)) as month from mart_months
),
hours as (
    select hour(captured_at) as hour, isodow(captured_at) as weekday
    from asked
    join messages on captured_at >= month and captured_at < month + interval 1 month
    where captured_at_source <> 'feed_day'
),
days as (
    select weekday, count(*) as day_count from hours group by weekday
)
select
    range as hour,
    round(count(hours.hour) / (select count(*) from hours), 4) as all_days,
    round(coalesce(sum(1 / day_count) filter (weekday = 1), 0), 4) as monday,
    round(coalesce(sum(1 / day_count) filter (weekday = 2), 0), 4) as tuesday,
    round(coalesce(sum(1 / day_count) filter (weekday = 3), 0), 4) as wednesday,
    round(coalesce(sum(1 / day_count) filter (weekday = 4), 0), 4) as thursday,
    round(coalesce(sum(1 / day_count) filter (weekday = 5), 0), 4) as friday,
    round(coalesce(sum(1 / day_count) filter (weekday = 6), 0), 4) as saturday,
    round(coalesce(sum(1 / day_count) filter (weekday = 7), 0), 4) as sunday
from range(24)
left join hours on hours.hour = range
left join days using (weekday)
group by range
order by range
