-- Built whole every time: rings are found anew by every grouping.
{% set verdicts = ['pass', 'indicator', 'strong_indicator', 'not_applicable', 'not_determinable'] %}
with of_messages as (
    select ring_id, campaign_id, rule_id, verdict, reason, sum(message_count) as message_count
    from {{ ref('int_campaign_verdicts') }}
    where ring_id is not null
    group by all
),

ring_members as (
    select * from {{ ref('stg_ring_members') }}
),

-- V2 and V3 are asked of each campaign of a ring: all its messages have their verdict.
of_campaigns as (
    select
        ring_members.ring_id,
        findings.campaign_id,
        findings.rule_id,
        findings.verdict,
        findings.reason,
        findings.campaign_message_count as message_count
    from {{ ref('campaign_findings') }} as findings
    inner join ring_members on findings.campaign_id = ring_members.campaign_id
    where findings.rule_id in ('V2', 'V3')
),

-- T1 and E1 are asked of the ring itself.
of_rings as (
    select ring_id, rule_id, verdict, reason, all_message_count as message_count from {{ ref('int_ring_volumes') }}
),

found as (
    select * from of_messages
    union all by name
    select * from of_campaigns
    union all by name
    select * from of_rings
),

rules as (
    select * from {{ ref('compliance_rules') }}
),

by_reason as (
    select
        ring_id,
        rule_id,
        verdict,
        reason,
        sum(message_count) as message_count
    from found
    group by ring_id, rule_id, verdict, reason
),

sheet as (
    select
        ring_id,
        rule_id,
        arg_max(
            reason, (verdict in ('indicator', 'strong_indicator'), message_count, verdict, reason)
        ) as reason,
        cast(sum(message_count) as bigint) as message_count,
        {%- for verdict in verdicts %}
        cast(coalesce(sum(message_count) filter (where verdict = '{{ verdict }}'), 0) as bigint) as {{ verdict }}_count,
        {%- endfor %}
    from by_reason
    group by ring_id, rule_id
),

campaigns as (
    select ring_id, rule_id, count(distinct campaign_id) as campaign_count
    from found
    where verdict in ('indicator', 'strong_indicator')
    group by ring_id, rule_id
)

select
    sheet.ring_id,
    sheet.rule_id,
    rules.citation,
    sheet.reason,
    sheet.message_count,
    {%- for verdict in verdicts %}
    sheet.{{ verdict }}_count,
    {%- endfor %}
    coalesce(campaigns.campaign_count, 0) as campaign_count
from sheet
inner join rules on sheet.rule_id = rules.rule_id
left join campaigns on sheet.ring_id = campaigns.ring_id and sheet.rule_id = campaigns.rule_id
