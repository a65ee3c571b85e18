{{ config(
    materialized='incremental',
    incremental_strategy='by_month',
    on_schema_change='fail',
    meta={'month_of': 'load_date'},
) }}

with rejects as (
    {{ rows_of_changed_months(ref('stg_rejects'), 'load_date') }}
)

select
    load_date,
    feed,
    level,
    reason,
    count(*) as reject_count
from rejects
group by load_date, feed, level, reason
