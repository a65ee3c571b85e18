with ring_members as (
    select * from {{ ref('stg_ring_members') }}
),

ring_links as (
    select * from {{ ref('stg_ring_links') }}
),

daily as (
    select ring_members.ring_id, daily.*
    from {{ ref('fct_campaign_daily') }} as daily
    inner join ring_members on daily.campaign_id = ring_members.campaign_id
),

seen as (
    select
        ring_id,
        count(distinct campaign_id) as campaign_count,
        cast(sum(message_count) as bigint) as message_count,
        min(first_seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at,
        count(distinct feed) as feed_count
    from daily
    group by ring_id
),

-- Links that join two campaigns of one ring.
links as (
    select ring_members.ring_id, ring_links.*
    from ring_links
    inner join ring_members on ring_links.campaign_id = ring_members.campaign_id
    inner join ring_members as other_members
        on ring_links.other_campaign_id = other_members.campaign_id and ring_members.ring_id = other_members.ring_id
),

indicators as (
    select ring_id, kind, value, max(weight) as weight, count(*) as link_count
    from links
    group by ring_id, kind, value
),

evidence as (
    select
        ring_id,
        cast(sum(link_count) as bigint) as link_count,
        list(kind || ' ' || value order by weight desc, link_count desc, kind, value)[:5] as evidence
    from indicators
    group by ring_id
)

select
    seen.ring_id,
    seen.campaign_count,
    seen.message_count,
    seen.first_seen_at,
    seen.last_seen_at,
    seen.feed_count,
    coalesce(evidence.link_count, 0) as link_count,
    coalesce(evidence.evidence, []) as evidence
from seen
left join evidence on seen.ring_id = evidence.ring_id
