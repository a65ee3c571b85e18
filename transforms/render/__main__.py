"""Write everything that is generated from the descriptions of tables and marts: `python -m transforms.render`."""

from pathlib import Path

from transforms.render import (
    compliance_rules,
    cookbook,
    cookbook_exposures,
    dbt_sources,
    dictionary,
    free_mail,
    mart_reference,
)

ROOT = Path(__file__).parents[2]
GENERATED = {
    "dbt_project/seeds/compliance_rules.csv": compliance_rules,
    "dbt_project/seeds/free_mail_domains.csv": free_mail,
    "dbt_project/models/sources.yml": dbt_sources,
    "docs/reference/raw_tables.md": dictionary,
    "docs/reference/marts.md": mart_reference,
    "dbt_project/models/cookbook.yml": cookbook_exposures,
    "docs/cookbook/README.md": cookbook,
}

for name, module in GENERATED.items():
    (ROOT / name).write_text(module.render(), encoding="utf-8")
    print(name)
