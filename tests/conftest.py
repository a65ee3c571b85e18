"""What tests of several folders share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def dbt_target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of dbt's artifacts: what it read of the project serves all lakes of this process."""
    return tmp_path_factory.mktemp("dbt")
