-- The messages of campaigns, under their present ids, and the ring behind each.
with assignments as (
    select * from {{ ref('stg_campaign_assignments') }}
),

campaign_ids as (
    select * from {{ ref('campaign_ids') }}
),

ring_members as (
    select * from {{ ref('stg_ring_members') }}
)

select
    assignments.message_key,
    assignments.feed,
    assignments.captured_at,
    assignments.month,
    assignments.template_id,
    campaign_ids.campaign_id,
    ring_members.ring_id
from assignments
inner join campaign_ids on assignments.assigned_campaign_id = campaign_ids.assigned_campaign_id
left join ring_members on campaign_ids.campaign_id = ring_members.campaign_id
