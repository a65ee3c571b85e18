-- Of each month and rule that is asked of messages or their texts, the verdicts add up to the messages of campaigns; and
-- of each ring and rule, to the ring's. Each campaign has one category, and one finding of each rule.
with campaigns as (
    select month, sum(message_count) as message_count from {{ ref('mart_campaigns_monthly') }} group by month
),

rules as (
    select rule_id, scope from {{ ref('compliance_rules') }}
),

expected as (
    select campaigns.month, rules.rule_id, campaigns.message_count
    from campaigns
    cross join rules
    where rules.scope in ('message', 'template')
),

monthly as (
    select month, rule_id, sum(message_count) as message_count
    from {{ ref('mart_compliance_monthly') }}
    group by month, rule_id
),

differing as (
    select
        coalesce(expected.rule_id, monthly.rule_id) as id,
        expected.message_count as expected,
        monthly.message_count as found
    from expected
    full join monthly on expected.month = monthly.month and expected.rule_id = monthly.rule_id
),

differing_rings as (
    select
        rings.ring_id as id,
        rings.message_count as expected,
        findings.message_count as found
    from {{ ref('dim_ring') }} as rings
    cross join rules
    full join {{ ref('ring_findings') }} as findings
        on rings.ring_id = findings.ring_id and rules.rule_id = findings.rule_id
),

present as (
    select distinct campaign_id from {{ ref('dim_campaign') }}
),

uncategorised as (
    select coalesce(present.campaign_id, categories.campaign_id) as id, 1 as expected, 0 as found
    from present
    full join {{ ref('campaign_categories') }} as categories on present.campaign_id = categories.campaign_id
    where present.campaign_id is null or categories.campaign_id is null
),

findings as (
    select campaign_id, count(*) as finding_count from {{ ref('campaign_findings') }} group by campaign_id
),

unjudged as (
    select
        coalesce(present.campaign_id, findings.campaign_id) as id,
        (select count(*) from rules) as expected,
        findings.finding_count as found
    from present
    full join findings on present.campaign_id = findings.campaign_id
)

select 'month and rule' as what, * from differing where expected is distinct from found
union all
select 'ring and rule' as what, * from differing_rings where expected is distinct from found
union all
select 'campaign without a category' as what, * from uncategorised
union all
select 'findings of a campaign' as what, * from unjudged where expected is distinct from found
