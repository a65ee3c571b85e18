with recursive lineage as (
    select campaign_id, merged_into from {{ ref('stg_campaign_lineage') }}
),

assigned as (
    select assigned_campaign_id, sum(message_count) as message_count
    from {{ ref('int_assignments_daily') }}
    group by assigned_campaign_id
),

-- Up the line, from each campaign that was taken over. The elder takes over the younger, so that no line comes back to
-- itself; should one, the depth ends it and the test campaign_totals fails.
line as (
    select campaign_id as assigned_campaign_id, merged_into as campaign_id, 1 as depth
    from lineage
    union all
    select line.assigned_campaign_id, lineage.merged_into, line.depth + 1
    from line
    inner join lineage on line.campaign_id = lineage.campaign_id
    where line.depth < 100
),

taken_over as (
    select assigned_campaign_id, arg_max(campaign_id, depth) as campaign_id
    from line
    group by assigned_campaign_id
),

-- An id whose messages were withdrawn still leads to its campaign.
keys as (
    select assigned_campaign_id from assigned
    union
    select campaign_id from lineage
    union
    select merged_into from lineage
),

present as (
    select
        keys.assigned_campaign_id,
        coalesce(taken_over.campaign_id, keys.assigned_campaign_id) as campaign_id,
        coalesce(assigned.message_count, 0) as message_count
    from keys
    left join taken_over on keys.assigned_campaign_id = taken_over.assigned_campaign_id
    left join assigned on keys.assigned_campaign_id = assigned.assigned_campaign_id
)

select assigned_campaign_id, campaign_id
from present
qualify sum(message_count) over (partition by campaign_id) >= {{ var('campaign_min_messages') }}
