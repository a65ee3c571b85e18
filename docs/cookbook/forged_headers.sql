-- How much mail lies about its way, and how?
-- Asked by: who weighs claims of forged headers (15 U.S.C. 7704(a)(1)).
-- Columns: a finding is a word of the closed list in docs/architecture.md, Origin; share is of the month's traced
--   messages; a message may have several. About 3 in 100 honest messages have one: relays under two names, wrong clocks.
-- Reads: raw table message_origins, for findings are of single messages.
with asked as (
    select coalesce(max(month) filter (month_state = 'closed'), max(month)) as month from mart_months
),
traced as (
    select month, feed, origin_findings
    from asked
    join message_origins on captured_at >= month and captured_at < month + interval 1 month
),
found as (
    select month, feed, unnest(origin_findings) as finding from traced
)
select
    month,
    finding,
    count(*) as message_count,
    round(count(*) / (select count(*) from traced), 4) as share,
    count(distinct feed) as feed_count
from found
group by month, finding
order by message_count desc, finding
