-- Why is every campaign of a ring in it?
-- Asked by: an investigator, a prosecutor.
-- Columns: path leads from the ring's eldest campaign to each other one by the fewest links; each of reasons is a step of
--   it, with what the two campaigns share; of several values the most telling one (never open it).
-- Reads: raw table ring_links, since a path goes from link to link; campaigns.
with recursive eldest as (
    select ring_id, arg_min(campaign_id, (first_seen_at, campaign_id)) as campaign_id
    from campaigns where ring_id is not null group by ring_id
),
steps as (
    select campaign_id as one, other_campaign_id as other, arg_max(kind || ' ' || value, (weight, value)) as shared
    from (
        select campaign_id, other_campaign_id, kind, value, weight from ring_links
        union all
        select other_campaign_id, campaign_id, kind, value, weight from ring_links
    )
    group by all
),
-- Breadth first: a campaign that has its path is not reached again.
paths using key (campaign_id) as (
    select ring_id, campaign_id, [campaign_id] as path, []::varchar[] as reasons from eldest
    union
    select
        min(paths.ring_id),
        steps.other,
        min(list_append(paths.path, steps.other)),
        arg_min(list_append(paths.reasons, steps.shared), list_append(paths.path, steps.other))
    from paths
    join steps on paths.campaign_id = steps.one
    anti join recurring.paths as known on steps.other = known.campaign_id
    group by steps.other
)
select ring_id, path, reasons from paths where len(path) > 1 order by ring_id, len(path), path
