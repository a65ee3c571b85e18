"""What a user can mend is a sentence with an exit code; what is a defect of ours is not."""

from __future__ import annotations

import errno
import sqlite3

import duckdb
import pytest

from transforms.failures import explained
from transforms.origin.network_files import NetworkTableError
from transforms.settings import SettingWrong
from transforms.steps.building import BuildFailed
from transforms.steps.reporting import NoSuchMonth, ReportFailed


@pytest.mark.parametrize(
    ("failure", "code", "words"),
    [
        (PermissionError(errno.EACCES, "…", "/srv/lake/locks"), 2, ["/srv/lake/locks", "Permission denied", "another"]),
        (NotADirectoryError(errno.ENOTDIR, "…", b"/srv/file/data"), 2, ["/srv/file/data", "name another folder"]),
        (OSError(errno.ENOSPC, "…", "/srv/lake/landed"), 2, ["/srv/lake/landed", "make room"]),
        (SettingWrong("SPAMLEDGER_RETENTION_DAYS is 'abc': give days"), 2, ["SPAMLEDGER_RETENTION_DAYS"]),
        (duckdb.IOException("Cannot open file /srv/lake/x"), 2, ["/srv/lake/x", "--lake"]),
        (duckdb.InvalidInputException("Failed to commit DuckLake transaction"), 2, ["DuckLake", "--lake"]),
        (sqlite3.DatabaseError("file is not a database"), 2, ["file is not a database", "--lake"]),
        (NetworkTableError("/data/asn.csv: knows of no network"), 2, ["/data/asn.csv", "no network"]),
        (BuildFailed("dbt build failed"), 1, ["dbt build failed"]),
        (ReportFailed("no report of 2005-03"), 1, ["no report of 2005-03"]),
        (NoSuchMonth("nothing of 2005-03 is published"), 2, ["2005-03"]),
    ],
)
def test_a_failure_that_can_be_mended_is_explained(failure, code, words):
    said, sentence = explained(failure)
    assert said == code
    assert all(word in sentence for word in words)


@pytest.mark.parametrize("defect", [KeyError("x"), ValueError("x"), OSError("no file"), duckdb.BinderException("x")])
def test_a_defect_of_ours_is_not(defect):
    assert explained(defect) is None
