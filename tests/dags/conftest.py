"""An Airflow of the tests' own: its home is a folder that goes away with them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from transforms.operate.home import CHECKOUT, Home
from transforms.settings import Settings

Rehearse = Callable[..., list[dict]]


@pytest.fixture(scope="session")
def airflow_home(tmp_path_factory) -> Home:
    """A home with a database; nothing runs in it."""
    home = Home(tmp_path_factory.mktemp("airflow"), port=9)
    home.password()
    migrate = [sys.executable, "-m", "airflow", "db", "migrate"]
    subprocess.run(migrate, env=home.environment(Settings.from_env()), check=True, capture_output=True)
    return home


@pytest.fixture(scope="session")
def rehearse(airflow_home) -> Rehearse:
    """Run DAGs with `DAG.test()` in a process of its own: `rehearse(settings, ("ingest_daily", conf), …)`.

    Returns for each run its `state`, and `tasks`: state and number of tries by task id and map index.
    """

    def run(settings: Settings, *plans: tuple[str, dict], mode: str = "real") -> list[dict]:
        done = subprocess.run(
            [sys.executable, Path(__file__).with_name("rehearsal.py"), json.dumps(plans), mode],
            env=airflow_home.environment(settings) | {"PYTHONPATH": str(CHECKOUT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1])

    return run
