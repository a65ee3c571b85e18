-- Built whole every time: a campaign that is taken over weighs in another, and new rules reach the whole past.
with templates as (
    select * from {{ ref('int_templates_daily') }}
),

campaign_ids as (
    select * from {{ ref('campaign_ids') }}
),

categories as (
    select * from {{ ref('stg_template_categories') }}
),

weighed as (
    select
        campaign_ids.campaign_id,
        coalesce(categories.category_code, 'unknown') as category_code,
        sum(templates.message_count) as message_count,
        count(distinct templates.template_id) as template_count,
        sum(templates.message_count * coalesce(categories.confidence, 0)) as weighed_confidence
    from templates
    inner join campaign_ids on templates.assigned_campaign_id = campaign_ids.assigned_campaign_id
    left join categories on templates.template_id = categories.template_id
    group by campaign_ids.campaign_id, coalesce(categories.category_code, 'unknown')
),

-- Of several with as many messages, a known one before unknown.
ranked as (
    select
        *,
        sum(message_count) over (partition by campaign_id) as campaign_message_count,
        row_number() over (
            partition by campaign_id
            order by message_count desc, category_code = 'unknown', weighed_confidence desc, category_code
        ) as place
    from weighed
)

select
    campaign_id,
    category_code,
    weighed_confidence / message_count as confidence,
    message_count / campaign_message_count as message_share,
    cast(message_count as bigint) as message_count,
    template_count
from ranked
where place = 1
