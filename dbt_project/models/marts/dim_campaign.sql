with daily as (
    select * from {{ ref('fct_campaign_daily') }}
),

campaign_ids as (
    select * from {{ ref('campaign_ids') }}
),

templates as (
    select campaign_ids.campaign_id, templates.*
    from {{ ref('stg_templates') }} as templates
    inner join campaign_ids on templates.assigned_campaign_id = campaign_ids.assigned_campaign_id
),

indicators as (
    select * from {{ ref('stg_campaign_indicators') }}
),

ring_members as (
    select * from {{ ref('stg_ring_members') }}
),

clock as (
    select max(captured_date) as as_of_date from {{ ref('fct_messages_daily') }}
),

seen as (
    select
        campaign_id,
        min(first_seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at,
        cast(sum(message_count) as bigint) as message_count,
        count(distinct captured_date) as active_day_count,
        count(distinct feed) as feed_count
    from daily
    group by campaign_id
),

pauses as (
    select
        campaign_id,
        captured_date,
        captured_date - lag(captured_date) over (partition by campaign_id order by captured_date) as gap_days
    from (select distinct campaign_id, captured_date from daily)
),

-- What a run of activity began after: the last gap in which the campaign was dormant.
runs as (
    select campaign_id, arg_max(gap_days, captured_date) as gap_days
    from pauses
    where gap_days > {{ var('campaign_dormant_days') }}
    group by campaign_id
),

texts as (
    select
        campaign_id,
        count(*) as template_count,
        coalesce(list(distinct script order by script) filter (where script is not null), []) as scripts,
        arg_min({message_key: message_key, subject: subject}, (first_seen_at, template_id)) as eldest
    from templates
    group by campaign_id
),

domains as (
    select campaign_id, arg_max(value, (message_count, value)) as top_domain
    from (
        select campaign_ids.campaign_id, indicators.value, sum(indicators.message_count) as message_count
        from indicators
        inner join campaign_ids on indicators.assigned_campaign_id = campaign_ids.assigned_campaign_id
        where indicators.kind = 'registrable_domain'
        group by campaign_ids.campaign_id, indicators.value
    )
    group by campaign_id
),

taken_over as (
    select campaign_id, count(*) filter (where assigned_campaign_id <> campaign_id) as taken_over_count
    from campaign_ids
    group by campaign_id
)

select
    seen.campaign_id,
    seen.first_seen_at,
    seen.last_seen_at,
    seen.message_count,
    seen.active_day_count,
    coalesce(texts.template_count, 0) as template_count,
    seen.feed_count,
    coalesce(texts.scripts, []) as scripts,
    texts.eldest.message_key as representative_message_key,
    texts.eldest.subject as subject,
    case
        when clock.as_of_date - cast(seen.last_seen_at as date) > {{ var('campaign_dormant_days') }} then 'dormant'
        when runs.gap_days >= {{ var('campaign_return_days') }} then 'returned'
        when clock.as_of_date - cast(seen.first_seen_at as date) < {{ var('campaign_new_days') }} then 'new'
        else 'active'
    end as state,
    taken_over.taken_over_count,
    ring_members.ring_id,
    domains.top_domain
from seen
cross join clock
inner join taken_over on seen.campaign_id = taken_over.campaign_id
left join runs on seen.campaign_id = runs.campaign_id
left join texts on seen.campaign_id = texts.campaign_id
left join domains on seen.campaign_id = domains.campaign_id
left join ring_members on seen.campaign_id = ring_members.campaign_id
