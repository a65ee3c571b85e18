"""Realistic spam feeds with known truth: for demonstrations, for measuring how well campaigns and rings are found, and
for benchmarks.

    out/feeds.toml                       ready to use
    out/<feed>/<date>.mbox.gz            a file a day, or out/<feed>/<year>-<month>.mbox.gz a month
    out/truth/messages.parquet           what every delivered message really is
    out/truth/campaigns.parquet  rings.parquet  scenario.json

The same scenario gives the same bytes. Link and sender domains are invented (twelve random letters and more) and
nothing is ever fetched or sent.
"""

from transforms.simulate.run import Summary, simulate
from transforms.simulate.scenario import (
    SCENARIOS,
    Scenario,
    SimulatedFeed,
    benchmark_scenario,
    quality_scenario,
    year_scenario,
)

__all__ = [
    "SCENARIOS",
    "Scenario",
    "SimulatedFeed",
    "Summary",
    "benchmark_scenario",
    "quality_scenario",
    "simulate",
    "year_scenario",
]
