{# The first days of the months that this run recomputes; none: everything. #}
{% macro changed_months() %}
    {% set named = env_var('SPAMLEDGER_MONTHS', 'all') %}
    {% set from_environment = none if named == 'all' else named.split(',') | select | list %}
    {{ return(var('months', from_environment)) }}
{% endmacro %}

{# The same as spans of time, [first day, day after the last], neighbouring months joined. #}
{% macro changed_spans() %}
    {% set months = changed_months() %}
    {% if months is none %}{{ return(none) }}{% endif %}
    {% set spans = [] %}
    {% for text in months | unique | sort %}
        {% set first = modules.datetime.date.fromisoformat(text) %}
        {% if first.day != 1 %}
            {% do exceptions.raise_compiler_error("months: " ~ text ~ " is not the first day of a month") %}
        {% endif %}
        {% set next = (first + modules.datetime.timedelta(days=31)).replace(day=1) %}
        {% if spans and spans[-1][1] == first %}
            {% do spans.append([spans.pop()[0], next]) %}
        {% else %}
            {% do spans.append([first, next]) %}
        {% endif %}
    {% endfor %}
    {{ return(spans) }}
{% endmacro %}

{% macro within(column, span) -%}
    ({{ column }} >= date '{{ span[0] }}' and {{ column }} < date '{{ span[1] }}')
{%- endmacro %}

{# The rows of a relation whose `column` lies in a changed month; all of them when the model is built whole.
   One select a span: DuckLake skips the files of other months for a range, not for ranges joined by `or`. #}
{% macro rows_of_changed_months(relation, column) -%}
    {%- set spans = changed_spans() if is_incremental() else none -%}
    {%- if spans is none -%}
    select * from {{ relation }}
    {%- elif spans -%}
        {%- for span in spans %}
    select * from {{ relation }} where {{ within(column, span) }}
            {{- "\n    union all" if not loop.last }}
        {%- endfor -%}
    {%- else -%}
    select * from {{ relation }} where false
    {%- endif -%}
{%- endmacro %}
