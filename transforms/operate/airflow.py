"""Airflow, up and ready: its processes run, its DAGs are read, the writers' pool is there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from rich.console import Console

from transforms.operate.api import Api
from transforms.operate.home import Home
from transforms.operate.services import Services, running
from transforms.settings import Settings

DAGS = {"ingest_daily", "ingest_monthly", "ingest_yearly", "build_marts", "maintain_lake"}
LAKE_WRITER = "lake_writer"
READY_SECONDS = 180


class DagsBroken(Exception):
    """Airflow could not read a DAG file; the message holds its traceback."""


@contextmanager
def ready(
    home: Home, settings: Settings, console: Console, extra: Mapping[str, str] = MappingProxyType({})
) -> Iterator[tuple[Services, Api]]:
    """Start Airflow, yield it when it can take work, and stop it when the block ends; `extra` is added environment."""
    environment = home.environment(settings) | extra
    with console.status("Airflow: preparing its database") as status, running(home, environment) as services:
        api = Api(home)
        status.update("Airflow: starting")
        wait_until(services, api.is_healthy, "Airflow is not healthy")
        api.sign_in()
        status.update("Airflow: reading the DAGs")
        wait_until(services, lambda: _has_read_dags(api), "the DAGs are not read")
        api.add_pool(LAKE_WRITER, 1, "Writers of the lake's SQLite catalogue: one at a time.")
        status.stop()
        try:
            yield services, api
        finally:
            status.update("Airflow: stopping after the tasks under way (Ctrl-C: at once)")
            status.start()


def wait_until(services: Services, is_done: Callable[[], bool], complaint: str, seconds: float = READY_SECONDS) -> None:
    """Look once a second; raises ComponentDied when a process ends by itself, TimeoutError when time is up."""
    end = time.monotonic() + seconds
    while not is_done():
        services.check()
        if time.monotonic() > end:
            raise TimeoutError(f"{complaint} after {seconds:.0f} s; its logs: {services.home.logs}")
        time.sleep(1)


def _has_read_dags(api: Api) -> bool:
    if errors := api.import_errors():
        raise DagsBroken("\n".join(errors))
    return api.dag_ids() >= DAGS
