{{ config(
    materialized='incremental',
    incremental_strategy='by_month',
    on_schema_change='fail',
    meta={'month_of': 'month'},
) }}

with messages as (
    {{ rows_of_changed_months(ref('stg_messages'), 'captured_at') }}
),

urls as (
    {{ rows_of_changed_months(ref('stg_urls'), 'captured_at') }}
),

rejects as (
    {{ rows_of_changed_months(ref('mart_rejects_daily'), 'load_date') }}
),

covered_days as (
    {{ rows_of_changed_months(ref('int_covered_days'), 'covered_date') }}
),

month_states as (
    select * from {{ ref('int_month_states') }}
),

captured as (
    select
        month,
        feed,
        count(*) as message_count,
        cast(sum(message_bytes) as bigint) as message_bytes,
        count(distinct from_address) as sender_count,
        count(distinct sender_domain) as sender_domain_count,
        count(distinct origin_ip) as origin_ip_count,
        count(distinct trap_address_hash) as trap_address_count,
        min(captured_at) as first_captured_at,
        max(captured_at) as last_captured_at
    from messages
    group by month, feed
),

recipients as (
    select month, feed, count(distinct recipient_hash) as recipient_count
    from (select month, feed, unnest(recipient_hashes) as recipient_hash from messages)
    group by month, feed
),

linked as (
    select month, feed, count(distinct host) as host_count, count(distinct url_domain) as url_domain_count
    from urls
    group by month, feed
),

rejected as (
    select
        cast(date_trunc('month', load_date) as date) as month,
        feed,
        cast(sum(reject_count) as bigint) as rejected_count,
        cast(coalesce(sum(reject_count) filter (where reason = 'duplicate'), 0) as bigint) as duplicate_count
    from rejects
    group by all
),

covered as (
    select
        cast(date_trunc('month', covered_date) as date) as month,
        feed,
        count(*) as days_covered
    from (
        select feed, covered_date from covered_days
        union
        select feed, captured_date from messages
    )
    group by all
),

-- A month in which a feed was taken in and brought nothing is a row with zeros, not a gap.
keys as (
    select month, feed from covered
    union
    select month, feed from rejected
)

select
    keys.month,
    keys.feed,
    coalesce(captured.message_count, 0) as message_count,
    coalesce(captured.message_bytes, 0) as message_bytes,
    coalesce(captured.sender_count, 0) as sender_count,
    coalesce(captured.sender_domain_count, 0) as sender_domain_count,
    coalesce(linked.host_count, 0) as host_count,
    coalesce(linked.url_domain_count, 0) as url_domain_count,
    coalesce(captured.origin_ip_count, 0) as origin_ip_count,
    coalesce(captured.trap_address_count, 0) as trap_address_count,
    coalesce(recipients.recipient_count, 0) as recipient_count,
    coalesce(covered.days_covered, 0) as days_covered,
    day(last_day(keys.month)) as days_in_month,
    captured.message_count / nullif(captured.trap_address_count, 0) as messages_per_trap_address,
    coalesce(captured.message_count, 0) / covered.days_covered as messages_per_covered_day,
    coalesce(rejected.duplicate_count, 0) as duplicate_count,
    coalesce(rejected.rejected_count, 0) as rejected_count,
    coalesce(month_states.month_state, 'open') as month_state,
    coalesce(month_states.revision, 0) as revision,
    case when month_states.month_state = 'closed' then month_states.last_closed_at end as closed_at,
    captured.first_captured_at,
    captured.last_captured_at
from keys
left join captured on keys.month = captured.month and keys.feed = captured.feed
left join recipients on keys.month = recipients.month and keys.feed = recipients.feed
left join linked on keys.month = linked.month and keys.feed = linked.feed
left join rejected on keys.month = rejected.month and keys.feed = rejected.feed
left join covered on keys.month = covered.month and keys.feed = covered.feed
left join month_states on keys.month = month_states.month
