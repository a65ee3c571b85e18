"""`spamledger up`: Airflow in the foreground, for real nights."""

from __future__ import annotations

import time
from pathlib import Path

from rich.console import Console

from transforms.operate.airflow import ready
from transforms.operate.home import USER, Home, free_port
from transforms.settings import Settings

PORT = 8080


BACKFILL = (
    "airflow backfill create --dag-id ingest_daily --from-date … --to-date … "
    "--reprocess-behavior completed --max-active-runs 1"
)
"""Without the first option Airflow leaves out days that were run before, without the second it runs ten at once."""


def up(settings: Settings, folder: Path, console: Console) -> None:
    """Run Airflow until Ctrl-C; feeds are pulled at 04:00 UTC. Raises ComponentDied when a process ends by itself."""
    home = Home(folder.resolve(), free_port(PORT))
    try:
        with ready(home, settings, console) as (services, _):
            exports = home.write_exports(settings)
            console.print(f"Airflow: [bold]{home.url}[/]  user [bold]{USER}[/]  password [bold]{home.password()}[/]")
            console.print(f"lake {settings.lake}, feeds {settings.feeds}, logs {home.logs}", soft_wrap=True)
            console.print(f"A range again: . {exports}; {BACKFILL}", soft_wrap=True)
            console.print("Feeds are pulled every day at 04:00 UTC. Ctrl-C stops.")
            while True:
                services.check()
                time.sleep(2)
    except KeyboardInterrupt:
        console.print("stopped")
