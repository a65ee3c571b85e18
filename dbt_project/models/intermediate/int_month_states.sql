-- How each month stands: the last closing or reopening decides; a month with neither is open.
with events as (
    select * from {{ ref('stg_month_events') }}
)

select
    month,
    coalesce(arg_max(event, event_id) filter (where event in ('closed', 'reopened')), 'open') as month_state,
    count(*) filter (where event = 'closed') as revision,
    max(occurred_at) filter (where event = 'closed') as last_closed_at,
    max(occurred_at) filter (where event = 'changed') as last_changed_at
from events
group by month
