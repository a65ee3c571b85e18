"""The cookbook in dbt: `python -m transforms.render.cookbook_exposures > dbt_project/models/cookbook.yml`."""

from __future__ import annotations

import json

from transforms.render.cookbook import Recipe, recipes
from transforms.tables import TABLES
from transforms.tables.shown import CAMPAIGN_MEMBERS

_HEADER = """\
# Generated from docs/cookbook: python -m transforms.render.cookbook_exposures > dbt_project/models/cookbook.yml
version: 2

exposures:
"""
_VIEWS = {CAMPAIGN_MEMBERS.name: ("campaign_assignments", "campaign_ids")}
"""What views of readers are made from."""


def render() -> str:
    """One exposure a recipe, with the marts and raw tables that it reads."""
    return _HEADER + "".join(_exposure(recipe) for recipe in recipes())


def _exposure(recipe: Recipe) -> str:
    named = {each for table in recipe.tables for each in _VIEWS.get(table, (table,))}
    refs = [f"source('raw', '{name}')" if name in TABLES else f"ref('{name}')" for name in sorted(named)]
    lines = [
        f"  - name: cookbook_{recipe.name}",
        "    type: analysis",
        "    owner: {name: analysts}",
        f"    description: {json.dumps(recipe.question, ensure_ascii=False)}",
        "    depends_on:",
        *(f"      - {ref}" for ref in refs),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(render(), end="")
