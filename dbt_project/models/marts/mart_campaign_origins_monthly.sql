{{ config(
    materialized='incremental',
    incremental_strategy='by_month',
    on_schema_change='fail',
    meta={'month_of': 'month'},
) }}

with origins as (
    {{ rows_of_changed_months(ref('stg_message_origins'), 'captured_at') }}
),

members as (
    {{ rows_of_changed_months(ref('int_campaign_messages'), 'captured_at') }}
)

select
    members.month,
    members.campaign_id,
    origins.country_code,
    origins.asn,
    min(origins.as_name) as as_name,
    count(*) as message_count,
    count(distinct origins.origin_ip) as address_count
from members
left join origins on members.message_key = origins.message_key
group by members.month, members.campaign_id, origins.country_code, origins.asn
