"""Origins of simulated chains, of which the truth is known."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from benchmarks.origin import judge, scenario_of
from transforms.simulate.forgeries import FORGERIES

MESSAGES = 1_500
UNSEEN = ("missing",)
"""An open proxy leaves nothing that could be found."""


@cache
def counts(seed: int) -> dict[str, Counter]:
    scenario = scenario_of(seed, MESSAGES)
    return judge(replace(scenario, campaign_count=60, ring_count=8))


@pytest.mark.parametrize("seed", [11, 12])
def test_origin_is_right_on_honest_and_forged_chains(seed):
    for kind, count in counts(seed).items():
        assert count["right"] >= (0.99 if kind == "honest" else 0.98) * count["messages"], kind


def test_what_relays_claim_is_read():
    honest = counts(11)["honest"]
    assert honest["relayed"] > 20
    assert honest["claimed right"] == honest["relayed"]


def test_most_forgeries_leave_a_finding():
    seen: dict[str, Counter] = {}
    for seed in (11, 12):
        for kind, count in counts(seed).items():
            seen.setdefault(kind, Counter()).update(count)
    assert len(seen.keys() & FORGERIES.keys()) >= 8
    for kind in seen.keys() - {"honest", *UNSEEN}:
        assert seen[kind]["found"] > 0.6 * seen[kind]["messages"], kind
    honest = seen["honest"]
    assert honest["found"] == honest["helo_is_provider"] < 0.1 * honest["messages"]
