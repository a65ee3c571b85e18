-- Built whole every time: rings are found anew by every grouping.
with ring_members as (
    select * from {{ ref('stg_ring_members') }}
),

ring_links as (
    select * from {{ ref('stg_ring_links') }}
)

select
    ring_members.ring_id,
    ring_links.campaign_id,
    ring_links.other_campaign_id,
    ring_links.kind,
    ring_links.value,
    ring_links.weight,
    cast(ring_links.campaign_count as bigint) as campaign_count,
    ring_links.first_seen_at,
    ring_links.last_seen_at
from ring_links
inner join ring_members on ring_links.campaign_id = ring_members.campaign_id
inner join ring_members as other_members
    on ring_links.other_campaign_id = other_members.campaign_id and ring_members.ring_id = other_members.ring_id
