-- Every message of a month counts once among its origins; a month that changed and was not named to the build would
-- show here.
with counted as (
    select month, sum(message_count) as message_count from {{ ref('mart_origins_monthly') }} group by month
),

captured as (
    select month, sum(message_count) as message_count
    from {{ ref('mart_volume_monthly') }}
    group by month
    having sum(message_count) > 0
)

select coalesce(captured.month, counted.month) as month, captured.message_count as expected, counted.message_count as found
from captured
full join counted on captured.month = counted.month
where captured.message_count is distinct from counted.message_count
