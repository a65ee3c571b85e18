-- Which campaigns are new this week?
-- Asked by: the analyst, every Monday.
-- Columns: first seen in the seven days up to the last day with mail; what they sell, where they link to (never open it),
--   which ring they belong to, and from how many addresses they came this far.
-- Reads: marts.
with asked as (
    select max(captured_date) - 6 as first_date, max(captured_date) as last_date from fct_messages_daily
),
spread as (
    select campaign_id, max(origin_ip_count) as origin_ip_count from mart_campaigns_monthly group by campaign_id
)
select
    campaign_id,
    campaigns.first_seen_at,
    campaigns.message_count,
    feed_count,
    category_code,
    ring_id,
    top_domain,
    origin_ip_count,
    subject
from asked
join campaigns on first_seen_at >= first_date and first_seen_at < last_date + 1
left join campaign_categories using (campaign_id)
left join spread using (campaign_id)
order by campaigns.message_count desc, campaign_id
