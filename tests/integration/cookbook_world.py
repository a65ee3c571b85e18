"""Two months of three simulated traps, published: what the cookbook's queries are asked of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from transforms.settings import Settings
from transforms.simulate import simulate
from transforms.simulate.scenario import Scenario, SimulatedFeed
from transforms.steps import running

FIRST, LAST = date(2005, 3, 1), date(2005, 4, 30)
STOPPED = date(2005, 3, 31)


def make(folder: Path) -> None:
    """Simulate, and run the nights; the ring is stopped in the middle, and the third trap comes with April."""
    simulate(
        Scenario(
            seed=4,
            first=FIRST,
            last=LAST,
            daily_count=40,
            campaign_count=24,
            ring_count=4,
            shutdown_on=STOPPED,
            feeds=(
                SimulatedFeed("trap-a", ("mx.trap-a.example",), share=3, cadence="month"),
                SimulatedFeed("trap-b", ("mx.trap-b.example",), share=2, cadence="month", mail_server="exim"),
                SimulatedFeed("trap-c", ("mx.trap-c.example",), share=2, cadence="month", first=date(2005, 4, 1)),
            ),
        ),
        folder,
    )
    settings = Settings(folder / "lake", folder / "feeds.toml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("expectations.gate._judge", lambda database, suites: [])  # gates are tested elsewhere, and costly
        assert running.run(settings, running.due(settings, FIRST, LAST)).exit_code == 0
