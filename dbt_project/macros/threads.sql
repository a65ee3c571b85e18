{# How many threads DuckDB computes with, as `transforms.steps.building` tells it by the size of the lake. #}
{% macro set_threads() %}
    {%- if execute and env_var('SPAMLEDGER_DUCKDB_THREADS', '') -%}
    set global threads = {{ env_var('SPAMLEDGER_DUCKDB_THREADS') | int }}
    {%- endif -%}
{% endmacro %}
