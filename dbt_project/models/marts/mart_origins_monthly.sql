{{ config(
    materialized='incremental',
    incremental_strategy='by_month',
    on_schema_change='fail',
    meta={'month_of': 'month'},
) }}

with messages as (
    {{ rows_of_changed_months(ref('stg_messages'), 'captured_at') }}
),

origins as (
    {{ rows_of_changed_months(ref('stg_message_origins'), 'captured_at') }}
),

members as (
    {{ rows_of_changed_months(ref('int_campaign_messages'), 'captured_at') }}
),

-- From the messages, so that each counts once, traced or not.
traced as (
    select
        messages.month,
        coalesce(origins.origin_confidence, 'untraced') as origin_confidence,
        origins.country_code,
        origins.asn,
        origins.as_name,
        origins.origin_ip,
        members.campaign_id,
        members.ring_id
    from messages
    left join origins on messages.message_key = origins.message_key
    left join members on messages.message_key = members.message_key
)

select
    month,
    country_code,
    asn,
    min(as_name) as as_name,
    origin_confidence,
    count(*) as message_count,
    count(distinct origin_ip) as address_count,
    count(distinct campaign_id) as campaign_count,
    count(distinct ring_id) as ring_count,
    count(*) / sum(count(*)) over (partition by month) as message_share
from traced
group by month, country_code, asn, origin_confidence
