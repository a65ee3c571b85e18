"""What is costly to make and is only read or copied: made once a run of the tests, by whichever process needs it first."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

HASH_KEY = "a key for tests"


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder that `make(folder)` filled, shared by all processes of pytest-xdist; the others wait for it.

    It is moved to its place when it is whole.
    """
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, part = shared / name, shared / f"{name}.part"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir()
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("SPAMLEDGER_HASH_KEY", HASH_KEY)
                make(part)
            part.rename(folder)
    return folder


def copied(made: Path, place: Path) -> Path:
    """A copy of a folder that was made once, its links kept, for a test to change; `place` may be there already."""
    return Path(shutil.copytree(made, place, symlinks=True, dirs_exist_ok=True))
