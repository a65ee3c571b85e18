-- Messages beside the period that brought them. `is_late`: captured before that period began; for an undated source,
-- whose period is only the day of the pull, nothing is late.
with messages as (
    select * from {{ ref('stg_messages') }}
),

loads as (
    select load_id, load_date from {{ ref('stg_loads') }}
),

feeds as (
    select feed, cadence from {{ ref('stg_feeds') }}
)

select
    messages.*,
    loads.load_date,
    messages.captured_date < loads.load_date and feeds.cadence is distinct from 'undated' as is_late
from messages
left join loads on messages.load_id = loads.load_id
left join feeds on messages.feed = feeds.feed
