{# The expression is true, or unknown, for every row. #}
{% test holds(model, expression) %}
select * from {{ model }} where not ({{ expression }})
{% endtest %}
