{{ config(
    materialized='incremental',
    incremental_strategy='by_month',
    on_schema_change='fail',
    meta={'month_of': 'month'},
) }}

with members as (
    select * from ({{ rows_of_changed_months(ref('int_campaign_messages'), 'captured_at') }})
    where ring_id is not null
),

messages as (
    {{ rows_of_changed_months(ref('stg_messages'), 'captured_at') }}
),

urls as (
    {{ rows_of_changed_months(ref('stg_urls'), 'captured_at') }}
),

volumes as (
    {{ rows_of_changed_months(ref('mart_volume_monthly'), 'month') }}
),

captured as (
    select
        members.month,
        members.ring_id,
        count(*) as message_count,
        count(distinct members.campaign_id) as campaign_count,
        count(distinct members.feed) as feed_count,
        count(distinct messages.origin_ip) as origin_ip_count,
        min(members.captured_at) as first_seen_at,
        max(members.captured_at) as last_seen_at
    from members
    left join messages on members.message_key = messages.message_key
    group by members.month, members.ring_id
),

linked as (
    select members.month, members.ring_id, count(distinct urls.url_domain) as domain_count
    from members
    inner join urls on members.message_key = urls.message_key
    group by members.month, members.ring_id
),

totals as (
    select month, sum(message_count) as message_count from volumes group by month
)

select
    captured.month,
    captured.ring_id,
    captured.message_count,
    captured.message_count / totals.message_count as share,
    captured.campaign_count,
    captured.feed_count,
    coalesce(linked.domain_count, 0) as domain_count,
    captured.origin_ip_count,
    captured.first_seen_at,
    captured.last_seen_at
from captured
left join linked on captured.month = linked.month and captured.ring_id = linked.ring_id
left join totals on captured.month = totals.month
