-- A few rows a day out of small tables: built whole every time, so that a silent feed shows up without being named.
with periods as (
    select * from {{ ref('int_feed_periods') }}
),

loads as (
    select
        feed,
        load_date,
        count(*) as file_count,
        cast(sum(file_bytes) as bigint) as file_bytes,
        count(*) filter (where load_status = 'held') as held_load_count,
        count(*) filter (where load_status = 'landed') as pending_load_count,
        cast(sum(found_count) filter (where load_status = 'published') as bigint) as received_count,
        cast(sum(parsed_count) filter (where load_status = 'published') as bigint) as parsed_count,
        min(pulled_at) as first_landed_at
    from {{ ref('stg_loads') }}
    group by feed, load_date
),

deliveries as (
    select
        feed,
        load_date,
        count(*) filter (where outcome = 'landed') as landed_delivery_count,
        count(*) filter (where outcome = 'repeated') as repeated_delivery_count,
        count(*) filter (where outcome = 'unchanged') as unchanged_delivery_count,
        count(*) filter (where outcome = 'absent') as absent_delivery_count,
        min(pulled_at) filter (where outcome = 'absent') as first_absent_at
    from {{ ref('stg_deliveries') }}
    group by feed, load_date
),

rejects as (
    select
        feed,
        load_date,
        sum(reject_count) as rejected_count,
        sum(reject_count) filter (where reason = 'duplicate') as duplicate_count,
        sum(reject_count) filter (where level = 'message' and reason <> 'duplicate') as message_reject_count,
        sum(reject_count) filter (where level = 'container' and reason <> 'duplicate') as container_reject_count
    from {{ ref('mart_rejects_daily') }}
    group by feed, load_date
),

arrivals as (
    select
        feed,
        load_date,
        cast(sum(late_message_count) as bigint) as late_message_count,
        sum(late_message_count) / sum(message_count) as late_message_share
    from {{ ref('int_arrivals_daily') }}
    group by feed, load_date
),

warnings as (
    select feed, load_date, count(distinct (table_name, expectation)) as gate_warning_count
    from {{ ref('stg_gate_results') }}
    where gate = 'staged' and severity = 'warning' and not is_success
    group by feed, load_date
),

joined as (
    select
        periods.load_date,
        periods.last_date,
        periods.feed,
        periods.cadence,
        periods.expected_count,
        coalesce(loads.received_count, 0) as received_count,
        coalesce(loads.parsed_count, 0) as parsed_count,
        cast(coalesce(rejects.rejected_count, 0) as bigint) as rejected_count,
        cast(coalesce(rejects.duplicate_count, 0) as bigint) as duplicate_count,
        cast(coalesce(rejects.message_reject_count, 0) as bigint) as message_reject_count,
        cast(coalesce(rejects.container_reject_count, 0) as bigint) as container_reject_count,
        coalesce(loads.file_count, 0) as file_count,
        coalesce(loads.file_bytes, 0) as file_bytes,
        coalesce(loads.held_load_count, 0) as held_load_count,
        coalesce(loads.pending_load_count, 0) as pending_load_count,
        loads.first_landed_at,
        deliveries.first_absent_at,
        coalesce(arrivals.late_message_count, 0) as late_message_count,
        arrivals.late_message_share,
        coalesce(deliveries.landed_delivery_count, 0) as landed_delivery_count,
        coalesce(deliveries.repeated_delivery_count, 0) as repeated_delivery_count,
        coalesce(deliveries.unchanged_delivery_count, 0) as unchanged_delivery_count,
        coalesce(deliveries.absent_delivery_count, 0) as absent_delivery_count,
        coalesce(warnings.gate_warning_count, 0) as gate_warning_count
    from periods
    left join loads on periods.feed = loads.feed and periods.load_date = loads.load_date
    left join deliveries on periods.feed = deliveries.feed and periods.load_date = deliveries.load_date
    left join rejects on periods.feed = rejects.feed and periods.load_date = rejects.load_date
    left join arrivals on periods.feed = arrivals.feed and periods.load_date = arrivals.load_date
    left join warnings on periods.feed = warnings.feed and periods.load_date = warnings.load_date
)

select
    load_date,
    last_date,
    feed,
    case
        when held_load_count > 0 then 'held'
        when pending_load_count > 0 then 'pending'
        when file_count + repeated_delivery_count + unchanged_delivery_count = 0 then 'missing'
        when parsed_count = 0 then 'empty'
        when first_absent_at < first_landed_at then 'late'
        else 'ok'
    end as status,
    expected_count,
    received_count,
    received_count / nullif(expected_count, 0) as received_share,
    parsed_count,
    rejected_count,
    duplicate_count,
    message_reject_count,
    container_reject_count,
    late_message_count,
    late_message_share,
    file_count,
    file_bytes,
    held_load_count,
    first_landed_at,
    case when cadence <> 'undated' then date_diff('second', last_date + interval 1 day, first_landed_at) / 3600 end
        as landing_delay_hours,
    landed_delivery_count,
    repeated_delivery_count,
    unchanged_delivery_count,
    absent_delivery_count,
    gate_warning_count
from joined
