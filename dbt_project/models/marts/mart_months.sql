with volumes as (
    select * from {{ ref('mart_volume_monthly') }}
),

month_states as (
    select * from {{ ref('int_month_states') }}
),

months as (
    select
        month,
        count(*) filter (where message_count > 0) as feed_count,
        cast(sum(message_count) as bigint) as message_count
    from volumes
    group by month
)

select
    coalesce(months.month, month_states.month) as month,
    coalesce(month_states.month_state, 'open') as month_state,
    coalesce(month_states.revision, 0) as revision,
    case when month_states.month_state = 'closed' then month_states.last_closed_at end as closed_at,
    month_states.last_changed_at,
    coalesce(months.feed_count, 0) as feed_count,
    coalesce(months.message_count, 0) as message_count
from months
full join month_states on months.month = month_states.month
