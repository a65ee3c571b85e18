"""dbt as the pipeline runs it: a subprocess over a lake's folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import tiny_lake
from tiny_lake import Dbt

from tests.once import copied, made_once

PROJECT = Path(__file__).parents[2] / "dbt_project"


@pytest.fixture(scope="session")
def dbt(dbt_target: Path) -> Dbt:
    """`dbt(lake, *arguments, months="all")` runs dbt and returns its output; a failure fails the test."""

    def run(lake: Path, *arguments: str, months: str = "all") -> str:
        environment = os.environ | {
            "SPAMLEDGER_MONTHS": months,
            "DBT_TARGET_PATH": str(dbt_target),
            "DBT_LOG_PATH": str(dbt_target),
        }
        command = [Path(sys.executable).with_name("dbt"), *arguments]
        command += ["--project-dir", PROJECT, "--profiles-dir", PROJECT]
        done = subprocess.run(command, cwd=lake, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def build(dbt: Dbt) -> Dbt:
    """`build(lake, months="all")`: the command of a night."""
    return lambda lake, months="all": dbt(lake, "build", "--exclude-resource-type", "unit_test", months=months)


@pytest.fixture(scope="session")
def empty_lake(tmp_path_factory: pytest.TempPathFactory, dbt: Dbt) -> Path:
    """A lake without a single row, built with the unit tests; only to be copied."""

    def make(lake: Path) -> None:
        tiny_lake.create(lake)
        dbt(lake, "build", months="2005-03-01")

    return made_once(tmp_path_factory, "empty_lake", make)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory, empty_lake: Path) -> tiny_lake.Built:
    """That lake, for this process."""
    return tiny_lake.Built(copied(empty_lake, tmp_path_factory.mktemp("empty")))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, empty_lake: Path, build: Dbt) -> tiny_lake.Built:
    """The same lake when its rows have come, every month built; a row that no message made must go.

    A copy for this process: each version stays readable.
    """

    def make(lake: Path) -> None:
        copied(empty_lake, lake)
        tiny_lake.fill(lake)
        with tiny_lake.connect(lake) as connection:
            connection.execute(
                "insert into marts.mart_rejects_daily values ('1999-01-01', 'ghost', 'message', 'none', 1)"
            )
        build(lake)

    return tiny_lake.Built(copied(made_once(tmp_path_factory, "built_lake", make), tmp_path_factory.mktemp("built")))
