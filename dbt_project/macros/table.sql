{# Tables that are computed whole are refilled in one transaction as long as their columns stay what they were. Made anew
   every night, as dbt does it, each would be a new table in the catalogue, with new rows for all of its columns and
   comments, and whoever has the lake open would read the whole catalogue again. #}
{% materialization table, adapter='duckdb', supported_languages=['sql'] %}
    {% set existing = load_cached_relation(this) %}
    {% set target = this.incorporate(type='table') %}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% if existing is not none and not should_full_refresh() and columns_of(existing) == columns_of_model() %}
        {% do get_assert_columns_equivalent(sql) %}
        {% set columns = get_quoted_csv(model.columns) %}
        {% call statement('main') %}
            delete from {{ target }};
            insert into {{ target }} ({{ columns }}) select {{ columns }} from ({{ sql }}) as model_subq
        {% endcall %}
    {% else %}
        {{ drop_relation_if_exists(existing) }}
        {% call statement('main') %}{{ create_table_as(False, target, sql) }}{% endcall %}
    {% endif %}
    {% do persist_docs(target, model) %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do adapter.commit() %}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{# [name, type, whether a value is required], as the lake has it, and as the model's contract wants it. #}
{% macro columns_of(relation) %}
    {% set found = run_query(
        "select column_name, data_type, not is_nullable from duckdb_columns() where database_name = '" ~ relation.database
        ~ "' and schema_name = '" ~ relation.schema ~ "' and table_name = '" ~ relation.identifier ~ "' order by column_index"
    ) %}
    {% set columns = [] %}
    {% for row in found.rows %}{% do columns.append([row[0], row[1] | lower, row[2]]) %}{% endfor %}
    {{ return(columns) }}
{% endmacro %}

{% macro columns_of_model() %}
    {% set columns = [] %}
    {% for column in model.columns.values() %}
        {% set required = column.constraints | map(attribute='type') | select('equalto', 'not_null') | list | length > 0 %}
        {% do columns.append([column.name, api.Column.translate_type(column.data_type) | lower, required]) %}
    {% endfor %}
    {{ return(columns) }}
{% endmacro %}
