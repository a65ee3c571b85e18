"""The project over a lake without a single row, its refusals, and its documentation."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from tiny_lake import Built, Dbt

from transforms.steps.ring_finding import FEWEST_MESSAGES

MARTS = (
    "campaign_categories",
    "campaign_findings",
    "campaign_ids",
    "dim_campaign",
    "dim_feed",
    "dim_ring",
    "fct_campaign_daily",
    "fct_messages_daily",
    "mart_campaign_overlap_feeds",
    "mart_campaigns_monthly",
    "mart_categories_monthly",
    "mart_compliance_monthly",
    "mart_feed_health_daily",
    "mart_months",
    "mart_origins_monthly",
    "mart_rejects_daily",
    "mart_rings_monthly",
    "mart_volume_monthly",
    "ring_findings",
)


def test_an_empty_lake_gives_empty_marts_and_unit_tests_pass(empty: Built):
    assert [empty.rows(f"marts.{mart}") for mart in MARTS] == [[]] * len(MARTS)


def test_campaigns_and_rings_agree_on_how_small_a_campaign_may_be():
    project = yaml.safe_load(Path("dbt_project/dbt_project.yml").read_text())
    assert project["vars"]["campaign_min_messages"] == FEWEST_MESSAGES


def test_a_month_that_is_no_month_is_refused(empty: Built, dbt: Dbt):
    with pytest.raises(AssertionError, match="2005-03-02 is not the first day of a month"):
        dbt(empty.lake, "run", "--select", "+mart_rejects_daily", months="2005-03-02")


def test_documentation_is_one_page_that_sends_nothing(empty: Built, dbt: Dbt, dbt_target: Path):
    dbt(empty.lake, "docs", "generate", "--static")
    page = (dbt_target / "static_index.html").read_text()
    assert "mart_volume_monthly" in page
    assert '"send_anonymous_usage_stats": false' in page
