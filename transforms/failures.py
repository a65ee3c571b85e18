"""Which failures a user can mend, and the exit code of each."""

from __future__ import annotations

from transforms.catalogue import CatalogueError
from transforms.fetch import SourceUnreachable
from transforms.lake import LakeMissing
from transforms.operate.airflow import DagsBroken
from transforms.operate.home import AlreadyRunning
from transforms.operate.services import ComponentDied
from transforms.steps.building import BuildFailed
from transforms.steps.committing import StagedRowsStale
from transforms.steps.releasing import NotHeld

_CODES: dict[type[Exception], int] = {
    CatalogueError: 2,
    LakeMissing: 2,
    NotHeld: 2,
    AlreadyRunning: 2,
    ComponentDied: 1,
    DagsBroken: 1,
    TimeoutError: 1,
    SourceUnreachable: 3,
    StagedRowsStale: 1,
    BuildFailed: 1,
}


def exit_code_of(failure: Exception) -> int | None:
    """The exit code of a failure that is explained in a sentence; None for one that is a defect of ours."""
    return next((code for kind, code in _CODES.items() if isinstance(failure, kind)), None)
