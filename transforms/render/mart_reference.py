"""The reference of the marts: `python -m transforms.render.mart_reference > docs/reference/marts.md`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from transforms.render.markdown import code, table_of

MARTS = Path(__file__).parents[2] / "dbt_project" / "models" / "marts"

_HEADER = """\
# Marts

What analysts and dashboards read. Times are UTC; a column that may be empty is not required.

<!-- Generated: python -m transforms.render.mart_reference > docs/reference/marts.md -->
"""


def render(folder: Path = MARTS) -> str:
    """Markdown: one section a mart, one row a column, out of the dbt descriptions in `folder`."""
    models = [model for path in sorted(folder.glob("*.yml")) for model in yaml.safe_load(path.read_text())["models"]]
    return _HEADER + "".join(_section(model) for model in models)


def _section(model: dict[str, Any]) -> str:
    columns = table_of(
        ("column", "type", "required", "meaning"),
        [
            (code(c["name"]), c["data_type"].upper(), "yes" if c.get("constraints") else "", c["description"])
            for c in model["columns"]
        ],
    )
    return f"\n## {model['name']}\n\n{model['description']}\n\n{_key(model)}\n\n{columns}"


def _key(model: dict[str, Any]) -> str:
    # Every mart's key is its one unique_by test.
    columns = next(test["unique_by"]["arguments"]["columns"] for test in model["data_tests"] if "unique_by" in test)
    return "Key: " + ", ".join(code(name) for name in columns) + "."


if __name__ == "__main__":
    print(render(), end="")
