-- Which campaigns came back after a long silence, and how strong?
-- Asked by: who believed that a campaign was over.
-- Columns: a silence of 30 days or more (campaign_return_days) between two days with messages of the campaign; messages
--   of the 30 days before and after it. A feed's own gaps make silences too: feed_gaps.sql.
-- Reads: marts.
with asked as (
    select 30 as silent_days
),
days as (
    select campaign_id, captured_date, sum(message_count) as message_count from fct_campaign_daily group by all
),
gaps as (
    select
        campaign_id,
        lag(captured_date) over (partition by campaign_id order by captured_date) as silent_after,
        captured_date as returned_date
    from days
)
select
    campaign_id,
    ring_id,
    silent_after,
    returned_date,
    returned_date - silent_after as silent_days,
    sum(days.message_count) filter (captured_date <= silent_after and captured_date > silent_after - 30)
        as before_count,
    sum(days.message_count) filter (captured_date >= returned_date and captured_date < returned_date + 30)
        as after_count,
    any_value(campaigns.state) as state,
    any_value(subject) as subject
from asked
join gaps on returned_date - silent_after >= asked.silent_days
join campaigns using (campaign_id)
join days using (campaign_id)
group by campaign_id, ring_id, silent_after, returned_date
order by returned_date desc, campaign_id
