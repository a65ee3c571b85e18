"""What becomes of a run when feeds fail in different ways: the real DAGs, with the steps played."""

from __future__ import annotations

import pytest

from tests.mail import feeds_toml
from transforms.settings import Settings

FEEDS = ("good", "held", "silent", "miswritten")


@pytest.fixture(scope="module")
def runs(rehearse, tmp_path_factory) -> dict[str, dict]:
    """Four runs in one process: a night of four feeds, marts that are held, a month without feeds, and no period."""
    folder = tmp_path_factory.mktemp("feeds")
    catalogue = feeds_toml(folder, **{name: {"url": f"{name}/{{date}}.mbox"} for name in FEEDS})
    plans = {
        "night": ("ingest_daily", {"period": "2005-03-01"}),
        "marts": ("build_marts", {}),
        "month": ("ingest_monthly", {"period": "2005-03"}),
        "never": ("ingest_daily", {"feeds": ["good"]}),
    }
    ended = rehearse(Settings(folder / "lake", catalogue), *plans.values(), mode="played")
    return dict(zip(plans, ended, strict=True))


def test_a_silent_source_is_asked_again(runs):
    assert runs["night"]["tasks"]["feed_chain.land[silent]"] == ["failed", 4]


def test_a_broken_contract_fails_at_once(runs):
    assert runs["night"]["tasks"]["feed_chain.land[miswritten]"] == ["failed", 1]


def test_a_held_load_is_red_at_once(runs):
    assert runs["night"]["tasks"]["feed_chain.gate[held]"] == ["success", 1]
    assert runs["night"]["tasks"]["feed_chain.commit[held]"] == ["failed", 1]


def test_one_feed_stops_no_other_and_the_run_is_red(runs):
    assert runs["night"]["tasks"]["feed_chain.commit[good]"] == ["success", 1]
    assert runs["night"]["tasks"]["announce[]"] == ["success", 1]
    assert runs["night"]["state"] == "failed"


def test_held_marts_are_red_at_once(runs):
    assert runs["marts"]["tasks"] == {
        "group[]": ["success", 1],
        "conclude[]": ["success", 1],
        "build[]": ["success", 1],
        "publish[]": ["failed", 1],
        "report[]": ["upstream_failed", 0],
    }
    assert runs["marts"]["state"] == "failed"


def test_feeds_of_another_cadence_are_left_alone(runs):
    assert runs["month"]["tasks"]["feed_chain.land[]"][0] == "skipped"
    assert runs["month"]["state"] == "success"


def test_a_run_without_a_period_fails_at_once(runs):
    assert runs["never"]["tasks"]["feed_chain.land[good]"] == ["failed", 1]
    assert runs["never"]["state"] == "failed"
