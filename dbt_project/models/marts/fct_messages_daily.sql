{{ config(
    materialized='incremental',
    incremental_strategy='by_month',
    on_schema_change='fail',
    meta={'month_of': 'captured_date'},
) }}

with messages as (
    {{ rows_of_changed_months(ref('int_messages'), 'captured_at') }}
)

select
    captured_date,
    feed,
    count(*) as message_count,
    cast(sum(message_bytes) as bigint) as message_bytes,
    count(distinct from_address) as sender_count,
    count(distinct origin_ip) as origin_ip_count,
    count(distinct trap_address_hash) as trap_address_count,
    count(*) filter (where url_count > 0) as url_message_count,
    count(*) filter (where attachment_count > 0) as attachment_message_count,
    count(*) filter (where defect_count > 0) as defective_message_count,
    count(*) filter (where is_late) as late_message_count,
    count(*) filter (where captured_at_source = 'received') as received_clock_count,
    count(*) filter (where captured_at_source = 'envelope') as envelope_clock_count,
    count(*) filter (where captured_at_source = 'feed_day') as feed_day_clock_count
from messages
group by captured_date, feed
