-- Which period brought the messages of which day: small enough for the health of every feed to be computed from it.
{{ config(
    materialized='incremental',
    incremental_strategy='by_month',
    on_schema_change='fail',
    database='lake',
    meta={'month_of': 'captured_date'},
) }}

with messages as (
    {{ rows_of_changed_months(ref('int_messages'), 'captured_at') }}
)

select
    captured_date,
    load_date,
    feed,
    count(*) as message_count,
    count(*) filter (where is_late) as late_message_count
from messages
group by all
