-- Every day from the first capture to the last: what metrics that have none are filled by.
with captured as (
    select min(captured_date) as first_date, max(captured_date) as last_date from {{ ref('fct_messages_daily') }}
)

select cast(unnest(generate_series(first_date, last_date, interval 1 day)) as date) as calendar_date
from captured
where first_date is not null
