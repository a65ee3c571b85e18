with templates as (
    select * from {{ ref('int_templates_daily') }}
),

campaign_ids as (
    select * from {{ ref('campaign_ids') }}
),

ring_members as (
    select * from {{ ref('stg_ring_members') }}
),

daily_headers as (
    select * from {{ ref('int_headers_daily') }}
),

rules as (
    select * from {{ ref('compliance_rules') }}
),

findings as (
    select * from {{ ref('stg_template_findings') }}
),

purposes as (
    select template_id, any_value(purpose) as purpose from findings group by template_id
),

-- Headers are judged as if the law covered all mail; what a message is for is its template's matter.
headers as (
    select
        daily_headers.* exclude (verdict, reason),
        'H1' as rule_id,
        case
            when purposes.purpose in ('commercial', 'transactional') then daily_headers.verdict
            when purposes.purpose = 'other' then 'not_applicable'
            else 'not_determinable'
        end as verdict,
        case
            when purposes.purpose in ('commercial', 'transactional') then daily_headers.reason
            when purposes.purpose = 'other' then 'it is neither commercial nor gives notice about a relationship'
            else 'its primary purpose is not known'
        end as reason
    from daily_headers
    left join purposes on daily_headers.template_id = purposes.template_id
),

asked as (
    select
        templates.captured_date,
        templates.template_id,
        templates.assigned_campaign_id,
        rules.rule_id,
        findings.rule_version,
        coalesce(findings.verdict, 'not_determinable') as verdict,
        coalesce(findings.reason, 'its text has not been read yet') as reason,
        templates.message_count
    from templates
    cross join rules
    left join findings on templates.template_id = findings.template_id and rules.rule_id = findings.rule_id
    where rules.scope = 'template'
    union all by name
    select * from headers
)

select
    asked.captured_date,
    cast(date_trunc('month', asked.captured_date) as date) as month,
    campaign_ids.campaign_id,
    ring_members.ring_id,
    asked.template_id,
    asked.rule_id,
    coalesce(asked.rule_version, rules.rule_version) as rule_version,
    rules.citation,
    case when asked.captured_date < rules.in_force_date then 'not_applicable' else asked.verdict end as verdict,
    case
        when asked.captured_date < rules.in_force_date then 'captured before the rule was in force'
        else asked.reason
    end as reason,
    asked.message_count
from asked
inner join rules on asked.rule_id = rules.rule_id
inner join campaign_ids on asked.assigned_campaign_id = campaign_ids.assigned_campaign_id
left join ring_members on campaign_ids.campaign_id = ring_members.campaign_id
