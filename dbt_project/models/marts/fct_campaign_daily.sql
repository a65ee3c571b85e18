-- Built whole every time: a group that reaches the size of a campaign, or is taken over, changes days long past.
with assignments as (
    select * from {{ ref('int_assignments_daily') }}
),

campaign_ids as (
    select * from {{ ref('campaign_ids') }}
)

select
    assignments.captured_date,
    assignments.feed,
    campaign_ids.campaign_id,
    cast(sum(assignments.message_count) as bigint) as message_count,
    min(assignments.first_captured_at) as first_seen_at,
    max(assignments.last_captured_at) as last_seen_at
from assignments
inner join campaign_ids on assignments.assigned_campaign_id = campaign_ids.assigned_campaign_id
group by assignments.captured_date, assignments.feed, campaign_ids.campaign_id
