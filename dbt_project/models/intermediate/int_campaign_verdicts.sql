with templates as (
    select * from {{ ref('int_templates_daily') }}
),

campaign_ids as (
    select * from {{ ref('campaign_ids') }}
),

ring_members as (
    select * from {{ ref('stg_ring_members') }}
),

rules as (
    select * from {{ ref('compliance_rules') }} where scope = 'template'
),

findings as (
    select * from {{ ref('stg_template_findings') }}
)

select
    templates.captured_date,
    cast(date_trunc('month', templates.captured_date) as date) as month,
    campaign_ids.campaign_id,
    ring_members.ring_id,
    templates.template_id,
    rules.rule_id,
    coalesce(findings.rule_version, rules.rule_version) as rule_version,
    rules.citation,
    case
        when templates.captured_date < rules.in_force_date then 'not_applicable'
        else coalesce(findings.verdict, 'not_determinable')
    end as verdict,
    case
        when templates.captured_date < rules.in_force_date then 'captured before the rule was in force'
        else coalesce(findings.reason, 'its text has not been read yet')
    end as reason,
    templates.message_count
from templates
inner join campaign_ids on templates.assigned_campaign_id = campaign_ids.assigned_campaign_id
left join ring_members on campaign_ids.campaign_id = ring_members.campaign_id
cross join rules
left join findings on templates.template_id = findings.template_id and rules.rule_id = findings.rule_id
