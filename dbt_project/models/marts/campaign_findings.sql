-- Built whole every time: a campaign that is taken over weighs in another, and new rules reach the whole past.
{% set spelled = "case when verdict in ('indicator', 'strong_indicator') then message_count else 0 end" %}
with verdicts as (
    select * from {{ ref('int_campaign_verdicts') }}
),

rules as (
    select * from {{ ref('compliance_rules') }}
),

peaks as (
    select * from {{ ref('int_campaign_peaks') }}
),

purposes as (
    select distinct template_id, purpose from {{ ref('stg_template_findings') }}
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

of_templates as (
    select
        campaign_id,
        rule_id,
        max(rule_version) as rule_version,
        arg_max(verdict, (message_count, verdict)) as verdict,
        arg_max(reason, (message_count, verdict)) as reason,
        sum({{ spelled }}) as message_count,
        sum(case when verdict = 'strong_indicator' then message_count else 0 end) as strong_message_count,
        sum(message_count) as campaign_message_count
    from by_verdict
    group by campaign_id, rule_id
),

-- Each message once, however many rules it misses.
missed as (
    select
        campaign_id,
        captured_date,
        template_id,
        bool_or(verdict in ('indicator', 'strong_indicator')) as is_indicated,
        bool_or(verdict = 'strong_indicator') as is_strong,
        sum(message_count) / count(distinct rule_id) as message_count
    from verdicts
    where rule_id in ('{{ var("exposure_rules") | join("', '") }}')
    group by campaign_id, captured_date, template_id
),

campaigns as (
    select
        missed.campaign_id,
        cast(sum(missed.message_count) as bigint) as campaign_message_count,
        cast(coalesce(sum(missed.message_count) filter (where is_indicated), 0) as bigint) as indicated_count,
        cast(coalesce(sum(missed.message_count) filter (where is_strong), 0) as bigint) as strong_count,
        bool_or(missed.captured_date >= rules.in_force_date) as is_in_force,
        bool_or(purposes.purpose = 'undetermined' or purposes.purpose is null) as has_undetermined
    from missed
    cross join (select in_force_date from rules where rule_id = 'T1') as rules
    left join purposes on missed.template_id = purposes.template_id
    group by missed.campaign_id
),

volumes as (
    select
        campaigns.*,
        coalesce(peaks.commercial_message_count, 0) as commercial_message_count,
        peaks.peak_day_count,
        peaks.peak_month_count,
        peaks.peak_year_count,
        {{ exceeded(var('aggravated_messages')) }} as aggravated,
        {{ exceeded(var('multiple_messages')) }} as multiple
    from campaigns
    left join peaks on campaigns.campaign_id = peaks.campaign_id
),

of_volumes as (
    select
        campaign_id,
        'T1' as rule_id,
        case
            when aggravated <> '' then 'strong_indicator'
            when multiple <> '' then 'indicator'
            when commercial_message_count > 0 then 'pass'
            when is_in_force and has_undetermined then 'not_determinable'
            else 'not_applicable'
        end as verdict,
        case
            when aggravated <> '' then aggravated
            when multiple <> '' then multiple
            when commercial_message_count > 0 then format(
                'at most {:,} captured in 24 hours, {:,} in 30 days, {:,} in a year',
                peak_day_count, peak_month_count, peak_year_count
            )
            when not is_in_force then 'captured before the rule was in force'
            when has_undetermined then 'the purpose of its messages is not known'
            else 'its messages are not commercial'
        end as reason,
        case when multiple <> '' then commercial_message_count else 0 end as message_count,
        case when aggravated <> '' then commercial_message_count else 0 end as strong_message_count,
        campaign_message_count
    from volumes
),

of_exposures as (
    select
        campaign_id,
        'E1' as rule_id,
        case
            when strong_count > 0 then 'strong_indicator'
            when indicated_count > 0 then 'indicator'
            else 'not_applicable'
        end as verdict,
        case
            when indicated_count > 0 then
                'headers (7704(a)(1)) are not counted. All indicators: ' || {{ exposure_arithmetic('indicated_count') }}
                || '. Strong ones alone: ' || {{ exposure_arithmetic('strong_count') }}
            else 'no message has an indicator'
        end as reason,
        indicated_count as message_count,
        strong_count as strong_message_count,
        campaign_message_count
    from campaigns
),

of_campaigns as (
    select found.*, rules.rule_version
    from (select * from of_volumes union all by name select * from of_exposures) as found
    inner join rules on found.rule_id = rules.rule_id
)

select
    found.campaign_id,
    found.rule_id,
    found.rule_version,
    found.verdict,
    rules.citation,
    found.reason,
    cast(found.message_count as bigint) as message_count,
    cast(found.strong_message_count as bigint) as strong_message_count,
    cast(found.campaign_message_count as bigint) as campaign_message_count
from (select * from of_templates union all by name select * from of_campaigns) as found
inner join rules on found.rule_id = rules.rule_id
