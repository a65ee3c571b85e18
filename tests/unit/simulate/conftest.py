"""One small world that most tests look at: two weeks, two traps, every container detail that mbox has."""

from __future__ import annotations

from datetime import date

import pyarrow.parquet as pq
import pytest

from transforms.simulate import Scenario, SimulatedFeed, simulate

DAILY = SimulatedFeed("daily", ("mx1.daily.example", "store.daily.example"), late_share=0.04, duplicate_share=0.03)
MONTHLY = SimulatedFeed("monthly", ("mx.monthly.example",), cadence="month", mail_server="qmail", late_share=0.1)


@pytest.fixture(scope="session")
def scenario():
    return Scenario(
        seed=7,
        first=date(2005, 4, 20),
        last=date(2005, 5, 9),
        daily_count=260,
        feeds=(DAILY, MONTHLY),
        campaign_count=150,
        ring_count=20,
        shutdown_on=date(2005, 5, 1),
    )


@pytest.fixture(scope="session")
def simulated(scenario, tmp_path_factory):
    """The folder of a finished simulation and its summary."""
    out = tmp_path_factory.mktemp("simulated")
    return out, simulate(scenario, out)


@pytest.fixture(scope="session")
def truth(simulated):
    """The rows of the truth, as dictionaries."""
    return pq.read_table(simulated[0] / "truth" / "messages.parquet").to_pylist()
