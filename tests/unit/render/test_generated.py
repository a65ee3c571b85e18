"""What is generated from descriptions is committed, and must not drift from them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from transforms.render import (
    compliance_rules,
    cookbook,
    cookbook_exposures,
    dbt_sources,
    dictionary,
    free_mail,
    mart_reference,
)
from transforms.render.markdown import table_of
from transforms.tables import TABLES

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("module", "path"),
    [
        (compliance_rules, "dbt_project/seeds/compliance_rules.csv"),
        (free_mail, "dbt_project/seeds/free_mail_domains.csv"),
        (dbt_sources, "dbt_project/models/sources.yml"),
        (dictionary, "docs/reference/raw_tables.md"),
        (mart_reference, "docs/reference/marts.md"),
        (cookbook_exposures, "dbt_project/models/cookbook.yml"),
        (cookbook, "docs/cookbook/README.md"),
    ],
    ids=["rules", "free mail", "sources", "raw tables", "marts", "exposures", "cookbook"],
)
def test_the_committed_file_is_what_the_descriptions_give(module, path: str):
    assert (ROOT / path).read_text() == module.render(), f"python -m {module.__name__} > {path}"


def test_sources_hold_every_column_with_its_type_and_words():
    (source,) = yaml.safe_load(dbt_sources.render())["sources"]
    described = {
        table["name"]: [(c["name"], c["data_type"], c["description"]) for c in table["columns"]]
        for table in source["tables"]
    }
    assert described == {
        name: [(c.name, c.sql_type.lower(), c.description) for c in table.columns] for name, table in TABLES.items()
    }


def test_the_dictionary_states_a_columns_promises():
    text = dictionary.render()
    assert (
        "Key: `message_key`; written by station `parse`; partitioned by `feed` and the month of `captured_at`" in text
    )
    assert "one of `landed`, `published`, `held`, `superseded`" in text
    assert "at least 0; at most 65535" in text


def test_every_column_of_every_mart_is_described():
    for path in mart_reference.MARTS.glob("*.yml"):
        for model in yaml.safe_load(path.read_text())["models"]:
            assert model["description"] and all(column["description"] for column in model["columns"]), path


def test_a_pipe_does_not_break_a_table():
    assert table_of(["a"], [["x|y"]]) == "| a |\n| --- |\n| x\\|y |\n"


@pytest.mark.parametrize("page", ["README.md", "docs/analysts.md"])
def test_the_cookbook_has_as_many_questions_as_is_said(page: str):
    assert f"{len(cookbook.recipes())} questions" in (ROOT / page).read_text()


def test_a_recipes_header_is_read_line_by_line():
    recipe = cookbook.Recipe(
        "x",
        "-- How much\n-- is it?\n-- Asked by: one, or\n--   two.\n-- Columns: a: b.\n-- Source: S.\n-- Reads: marts.\n"
        "with mart_months as (select 1)\nselect * from mart_months join campaigns using (x) join urls using (x)",
    )
    assert (recipe.question, recipe.asked_by, recipe.columns) == ("How much is it?", "one, or two.", "a: b.")
    assert (recipe.source, recipe.is_of_marts, recipe.tables) == ("S.", True, {"dim_campaign", "urls"})


def test_freshness_is_told_by_a_column_that_is_there():
    fresh = {name: table.fresh_by for name, table in TABLES.items() if table.fresh_by}
    assert fresh == {"deliveries": "pulled_at", "gate_results": "evaluated_at"}
    assert all(column in TABLES[name].schema.names for name, column in fresh.items())
