"""Which failures a user can mend: the exit code of each, and a sentence with the remedy."""

from __future__ import annotations

import errno
import os
import sqlite3

import duckdb

from transforms.catalogue import CatalogueError
from transforms.fetch import SourceUnreachable
from transforms.lake import LakeMissing
from transforms.operate.airflow import DagsBroken
from transforms.operate.home import AlreadyRunning
from transforms.operate.services import ComponentDied
from transforms.origin.networks import NetworkTableError
from transforms.settings import SettingWrong
from transforms.steps.building import BuildFailed
from transforms.steps.committing import StagedRowsStale
from transforms.steps.releasing import NotHeld
from transforms.steps.reporting import NoSuchMonth, ReportFailed
from transforms.steps.running import NothingDue

_CODES: dict[type[Exception], int] = {
    CatalogueError: 2,
    SettingWrong: 2,
    NetworkTableError: 2,
    LakeMissing: 2,
    NothingDue: 2,
    NoSuchMonth: 2,
    NotHeld: 2,
    AlreadyRunning: 2,
    ComponentDied: 1,
    DagsBroken: 1,
    TimeoutError: 1,
    SourceUnreachable: 3,
    StagedRowsStale: 1,
    BuildFailed: 1,
    ReportFailed: 1,
}
"""Failures of our own, whose message says it all."""

_REMEDIES = {
    errno.ENOTDIR: "a file is where a folder is wanted: name another folder",
    errno.EEXIST: "a file is where a folder is wanted: name another folder",
    errno.ENOENT: "it cannot be made: name another folder",
    errno.EACCES: "give the user who runs this the right to it, or name another folder",
    errno.EPERM: "give the user who runs this the right to it, or name another folder",
    errno.EROFS: "nothing can be written there: name another folder",
    errno.ENOSPC: "make room on that disk and run the same command again",
    errno.EDQUOT: "make room on that disk and run the same command again",
}
_STORE = (duckdb.OperationalError, duckdb.FatalException, sqlite3.DatabaseError)


def explained(failure: Exception) -> tuple[int, str] | None:
    """The exit code of a failure that a user can mend, and what to say; None for one that is a defect of ours."""
    for kind, code in _CODES.items():
        if isinstance(failure, kind):
            return code, str(failure)
    if isinstance(failure, OSError) and failure.filename and failure.errno in _REMEDIES:
        place = os.fsdecode(failure.filename) if isinstance(failure.filename, str | bytes) else failure.filename
        return 2, f"{place}: {os.strerror(failure.errno)}; {_REMEDIES[failure.errno]}"
    if _is_of_the_store(failure):
        said = str(failure).strip()
        return 2, f"the lake cannot be read or written: {said}; see that its folder (--lake) is whole and writable"
    return None


def _is_of_the_store(failure: Exception) -> bool:
    """Whether a damaged, unwritable or overfull lake raises it; other errors of DuckDB are defects of our queries."""
    is_of_duckdb = isinstance(failure, duckdb.Error)
    is_from_extension = type(failure) is duckdb.Error or (is_of_duckdb and "DuckLake" in str(failure))
    return isinstance(failure, _STORE) or is_from_extension
