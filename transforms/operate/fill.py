"""Fill ranges of the past through Airflow: backfills, and the builds of the marts that they trigger."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from rich.console import Console

from transforms.operate.airflow import ready, wait_until
from transforms.operate.api import Api, Run
from transforms.operate.board import Board
from transforms.operate.home import Home, free_port
from transforms.operate.services import Services
from transforms.settings import Settings

PORT = 8089
FILL_SECONDS = 3600


@dataclass(frozen=True)
class Range:
    """Periods of one ingest DAG, from the one of `first` to the one of `last`."""

    dag_id: str
    first: date
    last: date


def fill(settings: Settings, folder: Path, ranges: list[Range], console: Console) -> list[Run]:
    """Start an Airflow in the folder, run the ranges and the builds that follow, stop it; returns every run.

    When an earlier call brought all of them to a good end, no Airflow is started. A call after one that was broken off,
    or that ended red, starts over with an empty record of runs: every step may be repeated, and finds most work done.
    """
    home = Home(folder.resolve(), free_port(PORT))
    receipt = home.folder / "filled.json"
    wanted = {"lake": str(settings.lake), "ranges": [_plain(each) for each in ranges]}
    if receipt.exists() and (known := json.loads(receipt.read_text()))["wanted"] == wanted:
        return [Run(**run) for run in known["runs"]]
    home.forget_runs()
    environment = {"SPAMLEDGER_SCHEDULE_ENDS": max(each.last for each in ranges).isoformat()}
    with ready(home, settings, console, environment) as (services, api):
        for each in ranges:
            api.backfill(each.dag_id, each.first, each.last)
        runs = _watch(services, api, console)
    if all(run.state == "success" for run in runs):
        receipt.write_text(json.dumps({"wanted": wanted, "runs": [asdict(run) for run in runs]}, indent=2))
    return runs


def _watch(services: Services, api: Api, console: Console) -> list[Run]:
    """Show progress until every run has ended and everything that was announced has its build."""
    runs: list[Run] = []
    with Board(console) as board:

        def is_done() -> bool:
            runs[:] = api.runs()
            board.show(runs)
            return bool(runs) and all(run.is_finished for run in runs) and api.is_everything_built()

        wait_until(services, is_done, "the runs have not ended", FILL_SECONDS)
    return runs


def _plain(each: Range) -> dict[str, str]:
    return {"dag_id": each.dag_id, "first": each.first.isoformat(), "last": each.last.isoformat()}
