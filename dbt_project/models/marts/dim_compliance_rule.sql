select
    rule_id,
    title,
    citation,
    scope,
    in_force_date,
    rule_version
from {{ ref('compliance_rules') }}
