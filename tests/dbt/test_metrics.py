"""Metrics of the semantic layer, asked as a client of it would, against the raw rows."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from tiny_lake import Built

DEFINED = yaml.safe_load((Path(__file__).parents[2] / "dbt_project" / "models" / "metrics.yml").read_text())
METRICS = {metric["name"]: metric["type_params"] for metric in DEFINED["metrics"]}
MEASURES = {
    measure["name"]: (model["model"], measure) for model in DEFINED["semantic_models"] for measure in model["measures"]
}
RAW = {
    "messages": "SELECT count(*) FROM messages {then}",
    "messages_bytes": "SELECT sum(message_bytes) FROM messages {then}",
    "rejects": "SELECT count(*) FROM rejects {then}",
    "duplicates": "SELECT count(*) FROM rejects {then} WHERE reason = 'duplicate'",
    "categorised_messages": "SELECT count(*) FROM campaign_assignments {then}",
    "ring_messages": "SELECT count(*) FROM campaign_assignments {then} "
    "JOIN marts.campaign_ids {then} USING (assigned_campaign_id) JOIN ring_members {then} USING (campaign_id)",
}
"""What each counts, in the lake as it was when the marts were built."""


def value(built: Built, metric: str) -> float:
    """The metric over all that there is."""
    asked = METRICS[metric]
    if "numerator" in asked:
        return value(built, asked["numerator"]) / value(built, asked["denominator"])
    model, measure = MEASURES[asked["measure"]]
    mart = model.removeprefix("ref('").removesuffix("')")
    [(found,)] = built.rows(f"marts.{mart}", f"{measure['agg']}({measure.get('expr', measure['name'])})")
    return found


@pytest.mark.parametrize("metric", RAW)
def test_a_metric_is_what_the_raw_rows_say(built: Built, metric):
    then = f"AT (VERSION => {built.version})"
    [(expected,)] = built.query(f"USE lake; {RAW[metric].format(then=then)}")
    assert expected > 0
    assert value(built, metric) == expected


def test_a_share_is_of_all_messages_and_no_metric_is_left_out(built: Built):
    assert 0 < value(built, "ring_share") == value(built, "ring_messages") / value(built, "messages") <= 1
    assert METRICS.keys() - RAW.keys() == {"ring_share"}
