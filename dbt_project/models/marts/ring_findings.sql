-- Built whole every time: rings are found anew by every grouping.
{% set verdicts = ['pass', 'indicator', 'strong_indicator', 'not_applicable', 'not_determinable'] %}
with verdicts as (
    select * from {{ ref('int_campaign_verdicts') }} where ring_id is not null
)

select
    ring_id,
    rule_id,
    any_value(citation) as citation,
    cast(sum(message_count) as bigint) as message_count,
    {%- for verdict in verdicts %}
    cast(coalesce(sum(message_count) filter (where verdict = '{{ verdict }}'), 0) as bigint) as {{ verdict }}_count,
    {%- endfor %}
    count(distinct campaign_id) filter (where verdict in ('indicator', 'strong_indicator')) as campaign_count
from verdicts
group by ring_id, rule_id
