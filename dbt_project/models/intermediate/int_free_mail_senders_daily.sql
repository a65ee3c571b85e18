-- By day and campaign of then, the free-mail accounts that sent it (rule V3): an address where authentication passed,
-- and how many messages name one that failed, or that nobody vouches for.
{{ config(
    materialized='incremental',
    incremental_strategy='by_month',
    on_schema_change='fail',
    database='lake',
    meta={'month_of': 'captured_date'},
) }}

with messages as (
    {{ rows_of_changed_months(ref('stg_messages'), 'captured_at') }}
),

assignments as (
    {{ rows_of_changed_months(ref('stg_campaign_assignments'), 'captured_at') }}
),

origins as (
    {{ rows_of_changed_months(ref('stg_message_origins'), 'captured_at') }}
),

free_mail as (
    select * from {{ ref('free_mail_domains') }}
),

sent as (
    select
        assignments.captured_date,
        assignments.assigned_campaign_id,
        messages.from_address,
        case
            when origins.dmarc_result = 'pass' then 'passed'
            when origins.dmarc_result = 'fail' then 'failed'
            when messages.envelope_from_address is distinct from messages.from_address then 'unknown'
            when origins.spf_result = 'pass' then 'passed'
            when origins.spf_result = 'fail' then 'failed'
            else 'unknown'
        end as standing
    from assignments
    inner join messages on assignments.message_key = messages.message_key
    inner join free_mail on messages.sender_domain = free_mail.registrable_domain
    left join origins on assignments.message_key = origins.message_key
)

select
    captured_date,
    assigned_campaign_id,
    standing,
    case when standing = 'passed' then from_address end as from_address,
    count(*) as message_count
from sent
group by all
