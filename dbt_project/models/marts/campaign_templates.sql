-- Built whole every time, from counts by day: a campaign that is taken over brings its texts along.
with campaign_ids as (
    select * from {{ ref('campaign_ids') }}
),

daily as (
    select * from {{ ref('int_templates_daily') }}
),

templates as (
    select * from {{ ref('stg_templates') }}
),

categories as (
    select * from {{ ref('stg_template_categories') }}
),

counted as (
    select
        campaign_ids.campaign_id,
        daily.template_id,
        cast(sum(daily.message_count) as bigint) as message_count,
        min(daily.captured_date) as first_seen_date,
        max(daily.captured_date) as last_seen_date
    from daily
    inner join campaign_ids on daily.assigned_campaign_id = campaign_ids.assigned_campaign_id
    group by campaign_ids.campaign_id, daily.template_id
),

ranked as (
    select
        *,
        row_number() over (
            partition by campaign_id order by message_count desc, first_seen_date, template_id
        ) as template_rank
    from counted
    qualify template_rank <= {{ var('shown_templates') }}
)

select
    ranked.campaign_id,
    cast(ranked.template_rank as integer) as template_rank,
    ranked.template_id,
    ranked.message_count,
    ranked.first_seen_date,
    ranked.last_seen_date,
    templates.method,
    templates.similarity,
    templates.matched_template_id,
    templates.evidence,
    templates.script,
    templates.subject,
    templates.excerpt,
    coalesce(categories.category_code, 'unknown') as category_code,
    templates.message_key
from ranked
inner join templates on ranked.template_id = templates.template_id
left join categories on ranked.template_id = categories.template_id
