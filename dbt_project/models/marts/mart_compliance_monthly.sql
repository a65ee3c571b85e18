{{ config(
    materialized='incremental',
    incremental_strategy='by_month',
    on_schema_change='fail',
    meta={'month_of': 'month'},
) }}

with verdicts as (
    {{ rows_of_changed_months(ref('int_campaign_verdicts'), 'captured_date') }}
)

select
    month,
    rule_id,
    verdict,
    any_value(citation) as citation,
    cast(sum(message_count) as bigint) as message_count,
    count(distinct campaign_id) as campaign_count,
    count(distinct ring_id) as ring_count
from verdicts
group by month, rule_id, verdict
