from __future__ import annotations

import pytest

from transforms.feeds import BrokenPlace, read_container
from transforms.tables.rejects import CONTAINER_REASONS


@pytest.fixture
def read(tmp_path):
    """Read bytes as a landed file; every reason must be one of the rejects table."""

    def read(data: bytes, format: str | None = None, name: str = "delivery", **limits) -> list:
        path = tmp_path / "landed"
        path.write_bytes(data)
        found = list(read_container(path, name, format, **limits))
        assert {item.reason for item in found if isinstance(item, BrokenPlace)} <= {*CONTAINER_REASONS}
        return found

    return read
