-- Built whole every time: a campaign that is taken over weighs in another, and new rules reach the whole past.
with verdicts as (
    select * from {{ ref('int_campaign_verdicts') }}
),

volumes as (
    select * from {{ ref('int_campaign_volumes') }}
),

aggravations as (
    select * from {{ ref('int_campaign_aggravations') }}
),

rules as (
    select * from {{ ref('compliance_rules') }}
),

by_reason as (
    select campaign_id, rule_id, rule_version, verdict, reason, sum(message_count) as message_count
    from verdicts
    group by campaign_id, rule_id, rule_version, verdict, reason
),

by_verdict as (
    select
        campaign_id,
        rule_id,
        max(rule_version) as rule_version,
        verdict,
        arg_max(reason, (message_count, reason)) as reason,
        sum(message_count) as message_count
    from by_reason
    group by campaign_id, rule_id, verdict
),

of_messages as (
    select
        campaign_id,
        rule_id,
        max(rule_version) as rule_version,
        arg_max(verdict, (message_count, verdict)) as verdict,
        arg_max(reason, (message_count, verdict)) as reason,
        coalesce(
            sum(message_count) filter (where verdict in ('indicator', 'strong_indicator')), 0
        ) as message_count,
        coalesce(sum(message_count) filter (where verdict = 'strong_indicator'), 0) as strong_message_count,
        sum(message_count) as all_message_count
    from by_verdict
    group by campaign_id, rule_id
),

-- What aggravates, aggravates all that the campaign sent.
of_aggravations as (
    select
        aggravations.*,
        case when verdict in ('indicator', 'strong_indicator') then totals.all_message_count else 0 end as message_count,
        case when verdict = 'strong_indicator' then totals.all_message_count else 0 end as strong_message_count,
        totals.all_message_count
    from aggravations
    inner join (select distinct campaign_id, all_message_count from volumes) as totals
        on aggravations.campaign_id = totals.campaign_id
),

found as (
    select * from of_messages
    union all by name
    select * from volumes
    union all by name
    select * from of_aggravations
)

select
    found.campaign_id,
    found.rule_id,
    coalesce(found.rule_version, rules.rule_version) as rule_version,
    found.verdict,
    rules.citation,
    found.reason,
    cast(found.message_count as bigint) as message_count,
    cast(found.strong_message_count as bigint) as strong_message_count,
    cast(found.all_message_count as bigint) as campaign_message_count
from found
inner join rules on found.rule_id = rules.rule_id
