{# Incremental strategy `by_month`: the changed months are deleted by the column that the model's meta names as
   `month_of`, and inserted again, in one transaction. Unlike a delete by key, this also takes away rows whose last
   message was withdrawn. #}
{% macro get_incremental_by_month_sql(arguments) %}
    {% set column = config.meta_get('month_of') %}
    {% set columns = get_quoted_csv(arguments['dest_columns'] | map(attribute='name')) %}
    {% set spans = changed_spans() %}
    {% if spans is none %}
        delete from {{ arguments['target_relation'] }};
    {% else %}
        {% for span in spans %}
            delete from {{ arguments['target_relation'] }} where {{ within(column, span) }};
        {% endfor %}
    {% endif %}
    insert into {{ arguments['target_relation'] }} ({{ columns }})
    select {{ columns }} from {{ arguments['temp_relation'] }}
{% endmacro %}
