-- By day and campaign of then, what tells of generated recipients (rule V2): how many messages of one source name runs
-- of them, and how many trap addresses one source wrote to within an hour.
{{ config(
    materialized='incremental',
    incremental_strategy='by_month',
    on_schema_change='fail',
    database='lake',
    meta={'month_of': 'captured_date'},
) }}

with messages as (
    {{ rows_of_changed_months(ref('stg_messages'), 'captured_at') }}
),

assignments as (
    {{ rows_of_changed_months(ref('stg_campaign_assignments'), 'captured_at') }}
),

origins as (
    {{ rows_of_changed_months(ref('stg_message_origins'), 'captured_at') }}
),

sent as (
    select
        assignments.captured_date,
        assignments.assigned_campaign_id,
        origins.origin_ip,
        date_trunc('hour', assignments.captured_at) as captured_hour,
        messages.trap_address_hash,
        messages.recipient_shape in ('numbered', 'permuted', 'sorted') as is_generated
    from assignments
    inner join messages on assignments.message_key = messages.message_key
    inner join origins on assignments.message_key = origins.message_key
    where origins.origin_ip is not null
),

hours as (
    select
        captured_date,
        assigned_campaign_id,
        origin_ip,
        count(distinct trap_address_hash) as trap_address_count,
        count(*) filter (where is_generated) as generated_count
    from sent
    group by captured_date, assigned_campaign_id, origin_ip, captured_hour
),

sources as (
    select
        captured_date,
        assigned_campaign_id,
        origin_ip,
        max(trap_address_count) as hour_trap_address_count,
        sum(generated_count) as generated_count
    from hours
    group by captured_date, assigned_campaign_id, origin_ip
)

select
    captured_date,
    assigned_campaign_id,
    max(hour_trap_address_count) as hour_trap_address_count,
    cast(max(generated_count) as bigint) as generated_count
from sources
group by captured_date, assigned_campaign_id
