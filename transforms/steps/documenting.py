"""One static page that describes the marts: dbt's own documentation, for reading without a server."""

from __future__ import annotations

import os
from pathlib import Path

from transforms.lake import Lake
from transforms.settings import Settings
from transforms.steps.building import dbt_target, run_dbt

PAGE = "marts.html"


def document(settings: Settings) -> Path:
    """Write the page below the lake's reports; its path. Needs a lake in which marts were built."""
    lake = Lake(settings.lake)
    lake.reports.mkdir(parents=True, exist_ok=True)
    with lake.lock("build"), lake.lock("writer") as held:
        run_dbt(lake, held, [], "docs", "generate", "--static")
        os.replace(dbt_target(lake) / "static_index.html", lake.reports / PAGE)
    return lake.reports / PAGE
