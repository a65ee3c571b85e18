{# Rules T1 and E1 of whatever `by` names: campaign_id, or ring_id for the campaigns of a ring taken together. #}

{# Most commercial messages in 24 hours, 30 days and 365 days. Windows begin at every message and end just before their
   length has passed, as in transforms.compliance.volume. #}
{% macro peaks_by(by) %}
with rules as (
    select * from {{ ref('compliance_rules') }} where rule_id = 'T1'
),

purposes as (
    select template_id, any_value(purpose) as purpose
    from {{ ref('stg_template_findings') }}
    group by template_id
),

commercial as (
    select members.{{ by }}, members.captured_at
    from {{ ref('int_campaign_messages') }} as members
    inner join purposes on members.template_id = purposes.template_id
    inner join rules on members.captured_at >= rules.in_force_date
    where purposes.purpose = 'commercial' and members.{{ by }} is not null
),

windows as (
    select
        {{ by }},
        {%- for name, window in [('day', '23 hours'), ('month', '29 days 23 hours'), ('year', '364 days 23 hours')] %}
        count(*) over (
            partition by {{ by }} order by captured_at
            range between current row and interval '{{ window }} 59 minutes 59.999999 seconds' following
        ) as {{ name }}_count{{ "," if not loop.last }}
        {%- endfor %}
    from commercial
)

select
    {{ by }},
    count(*) as commercial_message_count,
    max(day_count) as peak_day_count,
    max(month_count) as peak_month_count,
    max(year_count) as peak_year_count
from windows
group by {{ by }}
{% endmacro %}

{# Verdict and reason of T1 and E1; each message counts once, however many rules it misses. #}
{% macro volumes_by(by, peaks) %}
{%- set others = "rule_id in ('" ~ var("exposure_rules") | join("', '") ~ "')" %}
{%- set header = "rule_id = 'H1'" %}
{%- set missed = "verdict in ('indicator', 'strong_indicator')" %}
with verdicts as (
    select * from {{ ref('int_campaign_verdicts') }} where {{ by }} is not null
),

rules as (
    select * from {{ ref('compliance_rules') }}
),

purposes as (
    select distinct template_id, purpose from {{ ref('stg_template_findings') }}
),

-- All messages of a day with one text have the same verdicts of rules that are asked of texts; H1 is asked of each.
texts as (
    select
        {{ by }},
        campaign_id,
        captured_date,
        template_id,
        coalesce(bool_or({{ others }} and {{ missed }}), false) as is_indicated,
        coalesce(bool_or({{ others }} and verdict = 'strong_indicator'), false) as is_strong,
        sum(message_count) filter (where {{ others }})
        / count(distinct rule_id) filter (where {{ others }}) as message_count,
        coalesce(sum(message_count) filter (where {{ header }} and {{ missed }}), 0) as header_count,
        coalesce(
            sum(message_count) filter (where {{ header }} and verdict = 'strong_indicator'), 0
        ) as strong_header_count,
        coalesce(bool_or({{ header }} and verdict = 'not_determinable'), true) as has_unread_header
    from verdicts
    group by {{ by }}, campaign_id, captured_date, template_id
),

counted as (
    select
        texts.{{ by }},
        cast(sum(texts.message_count) as bigint) as message_count,
        cast(sum(header_count) as bigint) as header_count,
        cast(sum(case when is_indicated then texts.message_count - header_count else 0 end) as bigint) as other_count,
        cast(sum(strong_header_count) as bigint) as strong_header_count,
        cast(
            sum(case when is_strong then texts.message_count - strong_header_count else 0 end) as bigint
        ) as strong_other_count,
        bool_or(has_unread_header) as has_unread_header,
        bool_or(texts.captured_date >= rules.in_force_date) as is_in_force,
        bool_or(purposes.purpose = 'undetermined' or purposes.purpose is null) as has_undetermined
    from texts
    cross join (select in_force_date from rules where rule_id = 'T1') as rules
    left join purposes on texts.template_id = purposes.template_id
    group by texts.{{ by }}
),

volumes as (
    select
        counted.*,
        coalesce(peaks.commercial_message_count, 0) as commercial_message_count,
        peaks.peak_day_count,
        peaks.peak_month_count,
        peaks.peak_year_count,
        {{ exceeded(var('aggravated_messages')) }} as aggravated,
        {{ exceeded(var('multiple_messages')) }} as multiple,
        case
            when counted.header_count > 0 then '; some have an H1 indicator'
            when not counted.has_unread_header then '; none has an H1 indicator'
            else ''
        end as beside
    from counted
    left join {{ peaks }} as peaks on counted.{{ by }} = peaks.{{ by }}
),

of_volumes as (
    select
        {{ by }},
        'T1' as rule_id,
        case
            when aggravated <> '' then 'strong_indicator'
            when multiple <> '' then 'indicator'
            when commercial_message_count > 0 then 'pass'
            when is_in_force and has_undetermined then 'not_determinable'
            else 'not_applicable'
        end as verdict,
        case
            when aggravated <> '' then aggravated || beside
            when multiple <> '' then multiple || beside
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
        message_count as all_message_count
    from volumes
),

of_exposures as (
    select
        {{ by }},
        'E1' as rule_id,
        case
            when strong_header_count + strong_other_count > 0 then 'strong_indicator'
            when header_count + other_count > 0 then 'indicator'
            else 'not_applicable'
        end as verdict,
        case
            when header_count + other_count > 0 then
                'all indicators: ' || {{ exposure_arithmetic('header_count', 'other_count') }}
                || '. Strong ones alone: ' || {{ exposure_arithmetic('strong_header_count', 'strong_other_count') }}
            else 'no message has an indicator'
        end as reason,
        header_count + other_count as message_count,
        strong_header_count + strong_other_count as strong_message_count,
        message_count as all_message_count
    from counted
)

select * from of_volumes
union all
select * from of_exposures
{% endmacro %}

{# E1 in words, as in transforms.compliance.exposure: the range for messages with an H1 indicator, and others. #}
{% macro exposure_arithmetic(header, other) -%}
    {%- set usd, cap, trebled = var("exposure_usd"), var("exposure_cap_usd"), var("exposure_trebled") -%}
    {%- set sum = usd ~ " * " ~ header ~ " + least(" ~ usd ~ " * " ~ other ~ ", " ~ cap ~ ")" -%}
    format(
        '{:,} messages x {{ usd }} under 7704(a)(1) = {:,}; '
        || '{:,} messages x {{ usd }} under (a)(2) to (5) or (d), at most {{ "{:,}".format(cap) }} = {:,}; '
        || 'together 0 to {:,} USD; x {{ trebled }} if increased = {:,} USD',
        {{ header }}, {{ usd }} * {{ header }}, {{ other }}, least({{ usd }} * {{ other }}, {{ cap }}),
        {{ sum }}, {{ trebled }} * ({{ sum }})
    )
{%- endmacro %}

{# T1 in words: what was exceeded of some limits; empty when nothing was. #}
{% macro exceeded(limits) -%}
    array_to_string(list_filter([
        {%- for column, window in [('peak_day_count', '24 hours'), ('peak_month_count', '30 days'), ('peak_year_count', 'a year')] %}
        case when {{ column }} > {{ limits[loop.index0] }} then format(
            '{:,} captured in {{ window }}, more than {{ "{:,}".format(limits[loop.index0]) }}', {{ column }}
        ) end{{ "," if not loop.last }}
        {%- endfor %}
    ], lambda spoken : spoken is not null), '; ')
{%- endmacro %}
