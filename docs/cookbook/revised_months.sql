-- Which published numbers may still change, and which did?
-- Asked by: who quotes them.
-- Columns: open may still grow, closed is final, reopened got late rows after it was closed; revision is how often it was
--   closed, so above 1 it was published anew; late_share is of its messages, those captured before the period of the
--   file that brought them. What was said on a given night: `spamledger sql --as-of NIGHT`.
-- Reads: marts.
select
    month,
    month_state,
    revision,
    months.feed_count,
    months.message_count,
    round(sum(late_message_count) / nullif(sum(daily.message_count), 0), 4) as late_share,
    min(captured_date) as first_captured_date,
    max(captured_date) as last_captured_date
from mart_months as months
left join fct_messages_daily as daily on date_trunc('month', captured_date) = month
group by all
order by month
