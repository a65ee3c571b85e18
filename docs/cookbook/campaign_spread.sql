-- From how many machines does a campaign come?
-- Asked by: who tells a botnet from a rented server.
-- Columns: of the month: addresses that handed the campaign's messages to the last believed host; one message an address
--   or little more looks like many hijacked machines, hundreds like a few servers of its own.
-- Reads: marts.
with asked as (
    select coalesce(max(month) filter (month_state = 'closed'), max(month)) as month from mart_months
)
select
    month,
    campaign_id,
    ring_id,
    category_code,
    monthly.message_count,
    origin_ip_count,
    round(monthly.message_count / nullif(origin_ip_count, 0), 2) as messages_per_address,
    domain_count,
    trap_address_count
from asked
join mart_campaigns_monthly as monthly using (month)
join campaigns using (campaign_id)
left join campaign_categories using (campaign_id)
order by monthly.message_count desc, campaign_id
