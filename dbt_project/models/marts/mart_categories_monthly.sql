{{ config(
    materialized='incremental',
    incremental_strategy='by_month',
    on_schema_change='fail',
    meta={'month_of': 'month'},
) }}

with templates as (
    {{ rows_of_changed_months(ref('int_templates_daily'), 'captured_date') }}
),

categories as (
    select * from {{ ref('stg_template_categories') }}
),

campaign_ids as (
    select * from {{ ref('campaign_ids') }}
),

placed as (
    select
        cast(date_trunc('month', templates.captured_date) as date) as month,
        templates.feed,
        coalesce(categories.category_code, 'unknown') as category_code,
        templates.template_id,
        campaign_ids.campaign_id,
        templates.message_count
    from templates
    left join categories on templates.template_id = categories.template_id
    left join campaign_ids on templates.assigned_campaign_id = campaign_ids.assigned_campaign_id
)

select
    month,
    feed,
    category_code,
    cast(sum(message_count) as bigint) as message_count,
    count(distinct template_id) as template_count,
    count(distinct campaign_id) as campaign_count
from placed
group by month, feed, category_code
