-- Grouped messages by day, template and what rule H1 finds in their headers: it is asked of each message.
{{ config(
    materialized='incremental',
    incremental_strategy='by_month',
    on_schema_change='fail',
    database='lake',
    meta={'month_of': 'captured_date'},
) }}

with assignments as (
    {{ rows_of_changed_months(ref('stg_campaign_assignments'), 'captured_at') }}
),

origins as (
    {{ rows_of_changed_months(ref('stg_message_origins'), 'captured_at') }}
)

select
    assignments.captured_date,
    assignments.template_id,
    assignments.assigned_campaign_id,
    origins.header_rule_version as rule_version,
    coalesce(origins.header_verdict, 'not_determinable') as verdict,
    coalesce(origins.header_reason, 'its header has not been read yet') as reason,
    count(*) as message_count
from assignments
left join origins on assignments.message_key = origins.message_key
group by all
