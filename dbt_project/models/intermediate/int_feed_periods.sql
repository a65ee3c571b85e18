-- The periods that a feed has, or ought to have, between its first and its last known one: those it was asked for,
-- and for an enabled feed also the days, months or years between them that nobody asked for.
with known as (
    select feed, load_date from {{ ref('stg_deliveries') }}
    union
    select feed, load_date from {{ ref('stg_loads') }}
),

feeds as (
    select
        feed,
        expected_daily_count,
        cadence,
        is_enabled,
        case cadence
            when 'day' then interval 1 day
            when 'month' then interval 1 month
            when 'year' then interval 1 year
        end as step
    from {{ ref('stg_feeds') }}
),

due as (
    select
        known.feed,
        cast(unnest(generate_series(min(known.load_date), max(known.load_date), any_value(feeds.step))) as date)
            as load_date
    from known
    inner join feeds on known.feed = feeds.feed
    where feeds.is_enabled and feeds.step is not null
    group by known.feed
),

periods as (
    select feed, load_date from known
    union
    select feed, load_date from due
)

select
    periods.feed,
    periods.load_date,
    cast(periods.load_date + coalesce(feeds.step, interval 1 day) - interval 1 day as date) as last_date,
    feeds.cadence,
    feeds.expected_daily_count * date_diff('day', periods.load_date, cast(periods.load_date + feeds.step as date))
        as expected_count
from periods
left join feeds on periods.feed = feeds.feed
