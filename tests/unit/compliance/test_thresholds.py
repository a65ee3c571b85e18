"""What SQL needs of the rules is told to dbt, and must not drift from them."""

from __future__ import annotations

from pathlib import Path

import yaml

from transforms.compliance import exposure, volume

PROJECT = Path(__file__).parents[3] / "dbt_project" / "dbt_project.yml"


def test_thresholds_and_amounts_of_the_marts_are_those_of_the_rules():
    told = yaml.safe_load(PROJECT.read_text())["vars"]
    assert tuple(told["multiple_messages"]) == volume.MULTIPLE
    assert tuple(told["aggravated_messages"]) == volume.AGGRAVATED
    amounts = (told["exposure_usd"], told["exposure_cap_usd"], told["exposure_trebled"])
    assert amounts == (exposure.USD_PER_MESSAGE, exposure.USD_CAP, exposure.TREBLED)
    assert tuple(told["exposure_rules"]) == exposure.OTHERS
