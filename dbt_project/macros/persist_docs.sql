{# Comments are written when a table is created, not every night again: each would be a new row in the catalogue. #}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) %}
    {% if not is_incremental() %}
        {{ default__persist_docs(relation, model, for_relation, for_columns) }}
    {% endif %}
{% endmacro %}
