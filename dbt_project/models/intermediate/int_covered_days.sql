-- The days for which a feed's mail was taken in: every day of a published load's period, mail or none.
with loads as (
    select distinct feed, load_date from {{ ref('stg_loads') }} where load_status = 'published'
),

periods as (
    select * from {{ ref('int_feed_periods') }}
)

select distinct
    loads.feed,
    cast(unnest(generate_series(loads.load_date, periods.last_date, interval 1 day)) as date) as covered_date
from loads
inner join periods on loads.feed = periods.feed and loads.load_date = periods.load_date
-- What an undated source holds may be of any day: only its messages tell.
where periods.cadence is distinct from 'undated'
