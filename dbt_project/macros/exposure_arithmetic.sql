{# E1 in words: the range of statutory damages for a number of messages. #}
{% macro exposure_arithmetic(count) -%}
    format(
        '{:,} messages x {{ var("exposure_usd") }} under 7704(a)(2) to (5) or (d), at most {{ "{:,}".format(var("exposure_cap_usd")) }} = {:,}; '
        || 'together 0 to {:,} USD; x {{ var("exposure_trebled") }} if increased = {:,} USD',
        {{ count }}, {{ exposure_of(count) }}, {{ exposure_of(count) }}, {{ var("exposure_trebled") }} * {{ exposure_of(count) }}
    )
{%- endmacro %}

{% macro exposure_of(count) -%}
    least({{ var("exposure_usd") }} * {{ count }}, {{ var("exposure_cap_usd") }})
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
