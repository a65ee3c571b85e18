-- Grouped messages by day, feed and the campaign of then: what is added up over all history is added up from here.
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
    assigned_campaign_id,
    count(*) as message_count,
    min(captured_at) as first_captured_at,
    max(captured_at) as last_captured_at
from assignments
group by captured_date, feed, assigned_campaign_id
