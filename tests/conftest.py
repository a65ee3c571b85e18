"""What tests of several folders share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from transforms.lake import THREADS_VARIABLE


@pytest.fixture(scope="session")
def dbt_target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of dbt's artifacts: what it read of the project serves all lakes of this process."""
    return tmp_path_factory.mktemp("dbt")


@pytest.fixture(autouse=True, scope="session")
def _one_thread_a_process():
    """Processes that share the processors compute with one thread each, as DuckDB's would only wait for each other.

    `make test-slow`, which is one process, leaves DuckDB its threads.
    """
    with pytest.MonkeyPatch.context() as patch:
        if int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")) > 1 and THREADS_VARIABLE not in os.environ:
            patch.setenv(THREADS_VARIABLE, "1")
        yield
