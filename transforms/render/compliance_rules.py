"""The seed of rules: `python -m transforms.render.compliance_rules > dbt_project/seeds/compliance_rules.csv`."""

from __future__ import annotations

import csv
import io

from transforms.compliance.rules import RULES

COLUMNS = ("rule_id", "title", "citation", "scope", "in_force_date", "rule_version")


def render() -> str:
    """A CSV with a row a rule, in the order of the registry."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for rule in RULES.values():
        writer.writerow((rule.id, rule.title, rule.citation, rule.scope, rule.in_force_date, rule.version))
    return text.getvalue()


if __name__ == "__main__":
    print(render(), end="")
