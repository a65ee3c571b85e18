with feeds as (
    select * from {{ ref('stg_feeds') }}
),

loads as (
    select
        feed,
        count(*) as load_count,
        min(load_date) as first_load_date,
        max(load_date) as last_load_date
    from {{ ref('stg_loads') }}
    group by feed
),

volumes as (
    select
        feed,
        cast(sum(message_count) as bigint) as message_count,
        min(first_captured_at) as first_captured_at,
        max(last_captured_at) as last_captured_at
    from {{ ref('mart_volume_monthly') }}
    group by feed
),

-- A feed that left the catalogue keeps its row for as long as the lake holds its mail.
keys as (
    select feed from feeds
    union
    select feed from loads
)

select
    keys.feed,
    feeds.description,
    feeds.licence,
    feeds.cadence,
    feeds.expected_daily_count,
    feeds.late_days,
    coalesce(feeds.is_enabled, false) as is_enabled,
    coalesce(loads.load_count, 0) as load_count,
    loads.first_load_date,
    loads.last_load_date,
    coalesce(volumes.message_count, 0) as message_count,
    volumes.first_captured_at,
    volumes.last_captured_at
from keys
left join feeds on keys.feed = feeds.feed
left join loads on keys.feed = loads.feed
left join volumes on keys.feed = volumes.feed
