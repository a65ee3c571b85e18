-- Every message of a campaign counts once, under the campaign's present id and its ring, in each mart; a month that
-- changed and was not named to the build would show here.
with daily as (
    select
        cast(date_trunc('month', captured_date) as date) as month,
        campaign_id,
        sum(message_count) as message_count
    from {{ ref('fct_campaign_daily') }}
    group by all
),

differing_months as (
    select
        coalesce(daily.month, monthly.month) as month,
        coalesce(daily.campaign_id, monthly.campaign_id) as id,
        daily.message_count as expected,
        monthly.message_count as found
    from daily
    full join {{ ref('mart_campaigns_monthly') }} as monthly
        on daily.month = monthly.month and daily.campaign_id = monthly.campaign_id
),

ring_totals as (
    select daily.month, campaigns.ring_id, sum(daily.message_count) as message_count
    from daily
    inner join {{ ref('dim_campaign') }} as campaigns on daily.campaign_id = campaigns.campaign_id
    where campaigns.ring_id is not null
    group by daily.month, campaigns.ring_id
),

differing_rings as (
    select
        coalesce(ring_totals.month, rings.month) as month,
        coalesce(ring_totals.ring_id, rings.ring_id) as id,
        ring_totals.message_count as expected,
        rings.message_count as found
    from ring_totals
    full join {{ ref('mart_rings_monthly') }} as rings
        on ring_totals.month = rings.month and ring_totals.ring_id = rings.ring_id
),

grouped as (
    select null as month, 'all' as id, count(*) as expected, (select coalesce(sum(message_count), 0) from daily) as found
    from {{ ref('stg_campaign_assignments') }} as assignments
    inner join {{ ref('campaign_ids') }} as ids on assignments.assigned_campaign_id = ids.assigned_campaign_id
),

unresolved as (
    select null as month, ids.campaign_id as id, 0 as expected, count(*) as found
    from {{ ref('campaign_ids') }} as ids
    inner join {{ ref('stg_campaign_lineage') }} as lineage on ids.campaign_id = lineage.campaign_id
    group by ids.campaign_id
)

select 'month and campaign' as what, * from differing_months where expected is distinct from found
union all
select 'month and ring' as what, * from differing_rings where expected is distinct from found
union all
select 'grouped messages' as what, * from grouped where expected <> found
union all
select 'id that was taken over' as what, * from unresolved
