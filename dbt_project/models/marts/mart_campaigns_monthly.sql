{{ config(
    materialized='incremental',
    incremental_strategy='by_month',
    on_schema_change='fail',
    meta={'month_of': 'month'},
) }}

with members as (
    {{ rows_of_changed_months(ref('int_campaign_messages'), 'captured_at') }}
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
        members.campaign_id,
        count(*) as message_count,
        list(distinct members.feed order by members.feed) as feeds,
        count(distinct messages.origin_ip) as origin_ip_count,
        count(distinct messages.trap_address_hash) as trap_address_count,
        count(distinct members.template_id) as template_count,
        min(members.captured_at) as first_seen_at,
        max(members.captured_at) as last_seen_at
    from members
    left join messages on members.message_key = messages.message_key
    group by members.month, members.campaign_id
),

linked as (
    select members.month, members.campaign_id, count(distinct urls.url_domain) as domain_count
    from members
    inner join urls on members.message_key = urls.message_key
    group by members.month, members.campaign_id
),

totals as (
    select month, sum(message_count) as message_count from volumes group by month
)

select
    captured.month,
    captured.campaign_id,
    captured.message_count,
    captured.message_count / totals.message_count as share,
    len(captured.feeds) as feed_count,
    captured.feeds,
    coalesce(linked.domain_count, 0) as domain_count,
    captured.origin_ip_count,
    captured.trap_address_count,
    captured.template_count,
    captured.first_seen_at,
    captured.last_seen_at
from captured
left join linked on captured.month = linked.month and captured.campaign_id = linked.campaign_id
left join totals on captured.month = totals.month
