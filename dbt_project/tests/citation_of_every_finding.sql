-- No finding is shown without the law that it is about.
{% for model in ['campaign_findings', 'mart_compliance_monthly', 'ring_findings', 'dim_compliance_rule'] %}
select '{{ model }}' as model, rule_id, citation
from {{ ref(model) }}
where not regexp_matches(coalesce(citation, ''), '^[0-9]+ (USC|CFR) [0-9]')
{{ "union all" if not loop.last }}
{% endfor %}
