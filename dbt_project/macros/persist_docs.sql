{# Comments are written at the end of a run, all in one transaction, and only those that differ from what the tables
   have: each would be a new row in the catalogue, which everybody who has the lake open would then read anew. #}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) %}{% endmacro %}

{% macro write_comments() %}
    {%- if execute -%}
        {%- set known, changes = present_comments(), [] -%}
        {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.config.persist_docs -%}
            {%- set table = '"' ~ node.database ~ '"."' ~ node.schema ~ '"."' ~ node.name ~ '"' -%}
            {%- set present = known.get(node.schema ~ '.' ~ node.name, {}) -%}
            {%- if '' in present and present[''] != node.description -%}
                {%- do changes.append('comment on table ' ~ table ~ ' is ' ~ dollar_quoted(node.description)) -%}
            {%- endif -%}
            {%- for column in node.columns.values() if column.name in present and present[column.name] != column.description -%}
                {%- do changes.append('comment on column ' ~ table ~ '.' ~ column.name ~ ' is ' ~ dollar_quoted(column.description)) -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- if changes -%}begin; {{ changes | join(';\n') }}; commit{%- endif -%}
    {%- endif -%}
{% endmacro %}

{# By schema.table, of the lake: comments by column, the table's own under an empty name. #}
{% macro present_comments() %}
    {% set found = run_query(
        "select schema_name || '.' || table_name, '' as name, comment from duckdb_tables() where database_name = 'lake' "
        "union all select schema_name || '.' || table_name, column_name, comment from duckdb_columns() where database_name = 'lake'"
    ) %}
    {% set comments = {} %}
    {% for row in found.rows %}{% do comments.setdefault(row[0], {}).update({row[1] or '': row[2] or ''}) %}{% endfor %}
    {{ return(comments) }}
{% endmacro %}

{% macro dollar_quoted(text) %}{{ return('$comment$' ~ text ~ '$comment$') }}{% endmacro %}
