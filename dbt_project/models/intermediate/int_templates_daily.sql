-- Grouped messages by day, feed, template and the campaign of then: what is weighed by messages is weighed from here.
{{ config(
    materialized='incremental',
    incremental_strategy='by_month',
    on_schema_change='fail',
    database='lake',
    meta={'month_of': 'captured_date'},
) }}

with assignments as (
    {{ rows_of_changed_months(ref('stg_campaign_assignments'), 'captured_at') }}
)

select
    captured_date,
    feed,
    template_id,
    assigned_campaign_id,
    count(*) as message_count
from assignments
group by captured_date, feed, template_id, assigned_campaign_id
