"""What the dbt project says of its readers is what they read."""

from __future__ import annotations

import importlib
import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from dashboards.query import Query
from transforms.monthly.questions import questions

MODELS = Path(__file__).parents[3] / "dbt_project" / "models"
EXPOSURES = {
    exposure["name"]: set(re.findall(r"ref\('(\w+)'\)", " ".join(exposure["depends_on"])))
    for exposure in yaml.safe_load((MODELS / "exposures.yml").read_text())["exposures"]
}
PAGES = [name.removeprefix("dashboard_") for name in EXPOSURES if name.startswith("dashboard_")]
MARTS = {path.stem for path in (MODELS / "marts").glob("*.sql")}


def tables(page: str) -> set[str]:
    module = importlib.import_module(f"dashboards.queries.{page}")
    return {table for asked in vars(module).values() if isinstance(asked, Query) for table in asked.tables}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_reads_the_marts_of_its_exposure(page):
    assert EXPOSURES[f"dashboard_{page}"] == tables(page) | tables("status")


def test_the_report_reads_the_marts_of_its_exposure():
    asked = questions(date(2005, 3, 1), MARTS)
    assert EXPOSURES["monthly_report"] == {mart for question in asked for mart in question.marts}


def test_every_page_is_an_exposure():
    views = Path(importlib.import_module("dashboards.queries").__file__).parent.glob("[!_]*.py")
    assert {path.stem for path in views} - {"status"} == set(PAGES)
