-- Windows begin at every message and end just before their length has passed, as in transforms.compliance.volume.
with rules as (
    select * from {{ ref('compliance_rules') }} where rule_id = 'T1'
),

purposes as (
    select template_id, any_value(purpose) as purpose
    from {{ ref('stg_template_findings') }}
    group by template_id
),

campaign_ids as (
    select * from {{ ref('campaign_ids') }}
),

commercial as (
    select campaign_ids.campaign_id, assignments.captured_at
    from {{ ref('stg_campaign_assignments') }} as assignments
    inner join campaign_ids on assignments.assigned_campaign_id = campaign_ids.assigned_campaign_id
    inner join purposes on assignments.template_id = purposes.template_id
    inner join rules on assignments.captured_at >= rules.in_force_date
    where purposes.purpose = 'commercial'
),

windows as (
    select
        campaign_id,
        count(*) over (
            partition by campaign_id order by captured_at
            range between current row and interval '23 hours 59 minutes 59.999999 seconds' following
        ) as day_count,
        count(*) over (
            partition by campaign_id order by captured_at
            range between current row and interval '29 days 23 hours 59 minutes 59.999999 seconds' following
        ) as month_count,
        count(*) over (
            partition by campaign_id order by captured_at
            range between current row and interval '364 days 23 hours 59 minutes 59.999999 seconds' following
        ) as year_count
    from commercial
)

select
    campaign_id,
    count(*) as commercial_message_count,
    max(day_count) as peak_day_count,
    max(month_count) as peak_month_count,
    max(year_count) as peak_year_count
from windows
group by campaign_id
