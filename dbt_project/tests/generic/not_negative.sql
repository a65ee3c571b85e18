{# No number of the table is below zero, those of `except` apart. #}
{% test not_negative(model, except=[]) %}
{%- set numbers = [] -%}
{%- for column in (adapter.get_columns_in_relation(model) if execute else []) if column.is_number() and column.name not in except -%}
    {%- do numbers.append(column.name) -%}
{%- endfor %}
select * from {{ model }} where least({{ numbers | join(', ') or 'null' }}) < 0
{% endtest %}
