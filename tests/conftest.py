"""What tests of several folders share."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from tests.once import copied, made_once
from transforms.lake import THREADS_VARIABLE
from transforms.steps.building import PROJECT

settings.register_profile("shared machine", deadline=2000)
"""Milliseconds for an example: by the usual 200, a machine that others keep busy fails what is right."""
settings.load_profile("shared machine")


@pytest.fixture(scope="session")
def dbt_target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of dbt's artifacts: what it read of the project, once for all processes, serves all lakes of this one."""
    return copied(made_once(tmp_path_factory, "dbt_parsed", _parse_project), tmp_path_factory.mktemp("dbt"))


def _parse_project(target: Path) -> None:
    command = [sys.executable, "-P", "-m", "dbt.cli.main", "parse", "--project-dir", PROJECT, "--profiles-dir", PROJECT]
    places = {"DBT_TARGET_PATH": str(target), "DBT_LOG_PATH": str(target)}
    subprocess.run(command, cwd=target, env=os.environ | places, check=True, capture_output=True)


@pytest.fixture(autouse=True, scope="session")
def _one_thread_a_process():
    """Processes that share the processors compute with one thread each, as DuckDB's would only wait for each other.

    `make test-slow`, which is one process, leaves DuckDB its threads.
    """
    with pytest.MonkeyPatch.context() as patch:
        if int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")) > 1 and THREADS_VARIABLE not in os.environ:
            patch.setenv(THREADS_VARIABLE, "1")
        yield
