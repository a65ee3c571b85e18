"""The lake: the only module that opens DuckDB or knows where things lie.

DuckLake keeps rows in Parquet under a SQLite catalogue. Readers pin a snapshot, are never blocked and block nobody; the
catalogue takes one writer, so writers queue on a lock file.
"""

from __future__ import annotations

import fcntl
import logging
import os
import re
import secrets
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Set
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import duckdb
from duckdb_extensions import import_extension

from transforms.contracts import Table
from transforms.tables import TABLES

EXTENSIONS = ("ducklake", "sqlite_scanner")
KEY_VARIABLE = "SPAMLEDGER_HASH_KEY"
THREADS_VARIABLE = "SPAMLEDGER_DUCKDB_THREADS"
_LAKE_COLUMNS = "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'lake'"
_CATALOGUE_COLUMNS = """
    SELECT t.table_name, c.column_name FROM ducklake_table t JOIN ducklake_column c USING (table_id)
    WHERE t.end_snapshot IS NULL AND c.end_snapshot IS NULL AND c.parent_column IS NULL
"""
_log = logging.getLogger(__name__)


class LakeMissing(Exception):
    """There is no lake in the folder, or nothing has been published from it."""


class Lake:
    """A lake's folder: paths, connections and the writer's lock."""

    def __init__(self, root: Path):
        self.root = root
        self.catalogue = root / "catalogue.sqlite"
        self.data = root / "data"
        self.reports = root / "reports"
        self.published = root / "published"
        self.publications = root / "publications"
        self.past_publications = root / "publications.jsonl"
        self.candidates = root / "candidates"

    def landed(self, feed: str, sha256: str) -> Path:
        """Where the bytes of a load lie."""
        return self.root / "landed" / feed / sha256[:2] / sha256

    def inbox(self, feed: str, load_date: date) -> Path:
        """Where the pull of one feed and period puts what it has not landed yet."""
        return self.root / "inbox" / feed / load_date.isoformat()

    def staging(self, feed: str, load_date: date) -> Path:
        """Where the rows of one batch wait for their gate."""
        return self.root / "staging" / feed / load_date.isoformat()

    @property
    def grouping(self) -> Path:
        """Where the rows of a grouping wait for their gate."""
        return self.root / "grouping"

    @property
    def tracing(self) -> Path:
        """Where origins wait for their gate."""
        return self.root / "tracing"

    @property
    def networks(self) -> Path:
        """The table of networks, when there is one."""
        return self.root / "networks.parquet"

    @property
    def classifying(self) -> Path:
        """Where what was concluded about templates waits for its gate."""
        return self.root / "classifying"

    @property
    def exists(self) -> bool:
        """Whether the folder holds a lake."""
        return self.catalogue.exists()

    def must_exist(self) -> None:
        """Raise LakeMissing unless there is one: only landing makes a lake."""
        if not self.exists:
            raise LakeMissing(f"{self.root}: no lake here; run `spamledger run` first, or give --lake")

    def hash_key(self) -> bytes:
        """Key of the recipient hashes: SPAMLEDGER_HASH_KEY, else a random one kept in the lake's folder."""
        if given := os.environ.get(KEY_VARIABLE):
            return given.encode()
        path = self.root / "secret.key"
        with self.lock("key"):
            if not path.exists():
                with _replacing(path) as part:
                    part.touch(mode=0o600)
                    part.write_text(secrets.token_hex(32))
        return path.read_text().strip().encode()

    @contextmanager
    def lock(self, name: str) -> Iterator[int]:
        """Wait for, and hold, a lock among all processes that use the lake.

        The system frees it when the last process dies that holds the yielded descriptor.
        """
        folder = self.root / "locks"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                _log.warning("waiting for another run of this lake (lock %s)", name)
                fcntl.flock(handle, fcntl.LOCK_EX)
            yield handle.fileno()

    def create(self) -> None:
        """Make the folder, the catalogue, and every raw table and column that is missing; harmless when all are there.

        A lake that an older version made gets its new columns here: empty in the rows that it holds.
        """
        if self._has_every_column():
            return
        self.data.mkdir(parents=True, exist_ok=True)
        self._log_ahead()
        with self.write() as con:
            present = _columns_by_table(con.execute(_LAKE_COLUMNS).fetchall())
            for table in TABLES.values():
                if table.name not in present:
                    _create_table(con, table)
                else:
                    _add_columns(con, table, present[table.name])

    def _log_ahead(self) -> None:
        """Give the catalogue a write-ahead log: with SQLite's other journals, a reader who takes his time makes every
        commit fail after five seconds.
        """
        with self.lock("writer"), closing(sqlite3.connect(self.catalogue, timeout=60)) as con:
            con.execute("PRAGMA journal_mode = wal")

    def _has_every_column(self) -> bool:
        """Asked of the catalogue itself, which is faster than attaching it: every step begins with this."""
        if not self.exists:
            return False
        with closing(sqlite3.connect(f"{self.catalogue.as_uri()}?mode=ro", uri=True)) as con:
            known = con.execute("SELECT 1 FROM sqlite_master WHERE name = 'ducklake_table'").fetchone()
            present = _columns_by_table(con.execute(_CATALOGUE_COLUMNS) if known else ())
            if con.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                return False
        return all(
            {column.name for column in table.columns} <= present.get(table.name, set()) for table in TABLES.values()
        )

    @contextmanager
    def read(self, snapshot: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection whose `lake` stands at one snapshot: the given one, else the newest."""
        self.must_exist()
        version = f", SNAPSHOT_VERSION {snapshot}" if snapshot is not None else ""
        with self._readable_catalogue() as catalogue, _connect() as con:
            self._attach(con, f", READ_ONLY{version}", catalogue)
            con.execute("USE lake")
            yield con

    @contextmanager
    def _readable_catalogue(self) -> Iterator[Path]:
        """The catalogue; for one who may not write beside it, which a reader of a write-ahead log must, a copy."""
        if os.access(self.root, os.W_OK):
            yield self.catalogue
            return
        with tempfile.TemporaryDirectory(prefix="lake-") as place:
            yield _whole_copy(self.catalogue, Path(place))

    @contextmanager
    def write(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """One transaction on the lake, alone: committed at the end, rolled back on any exception."""
        with self.lock("writer"), self.attached() as con:
            con.execute("BEGIN")
            try:
                yield con
            except BaseException:
                con.execute("ROLLBACK")
                raise
            con.execute("COMMIT")

    @contextmanager
    def attached(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection that may write, without lock or transaction: for maintenance by one who holds the lock."""
        with _connect() as con:
            self._attach(con, "")
            con.execute("USE lake")
            yield con

    def _attach(self, con: duckdb.DuckDBPyConnection, options: str, path: Path | None = None) -> None:
        """The catalogue remembers where its data lay at first; a lake may be moved, so this place overrides that."""
        catalogue, data = quoted(f"ducklake:sqlite:{path or self.catalogue}"), quoted(f"{self.data}/")
        con.execute(f"ATTACH {catalogue} AS lake (DATA_PATH {data}, OVERRIDE_DATA_PATH true{options})")


def _whole_copy(catalogue: Path, folder: Path) -> Path:
    """A copy of a catalogue and its log, taken again if either was written meanwhile."""
    files = [catalogue, catalogue.with_name(f"{catalogue.name}-wal")]
    while True:
        before = [_state(path) for path in files]
        for path, state in zip(files, before, strict=True):
            (folder / path.name).unlink(missing_ok=True)
            if state:
                shutil.copyfile(path, folder / path.name)
        if [_state(path) for path in files] == before:
            return folder / catalogue.name


def _state(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size


@contextmanager
def new_file(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A new DuckDB file in the storage version that every client since 1.0 reads, complete when the block ends."""
    with duckdb.connect(config=threads()) as con:
        con.execute(f"ATTACH {quoted(str(path))} AS file (STORAGE_VERSION 'v1.0.0')")
        con.execute("USE file")
        yield con
        con.execute("USE memory")
        con.execute("DETACH file")


def in_memory() -> duckdb.DuckDBPyConnection:
    """A connection with nothing attached, for work on Parquet files."""
    return duckdb.connect(config=threads())


def snapshot_id(con: duckdb.DuckDBPyConnection) -> int:
    """The newest snapshot that the connection's lake holds."""
    return con.execute("SELECT max(snapshot_id) FROM ducklake_snapshots('lake')").fetchone()[0]


def parquet(place: Path) -> str:
    """A FROM item over one Parquet file, or over those of a folder, in one schema."""
    return f"read_parquet({quoted(parquet_pattern(place))})"


def parquet_pattern(place: Path) -> str:
    """One Parquet file, or those of a folder, as DuckDB names files: what is special in a path is taken as it is."""
    pattern = re.sub(r"[*?\[]", r"[\g<0>]", str(place))
    return pattern if place.suffix == ".parquet" else f"{pattern}/*.parquet"


@contextmanager
def _connect() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the extensions, from wheels that pip has checked by their hashes.

    DuckDB's own check of their signatures would hash 70 MB for every connection.
    """
    con = duckdb.connect(config={"allow_unsigned_extensions": "true"} | threads())
    try:
        con.execute("SET enable_progress_bar = false")  # it would be drawn into what `sql` prints
        for extension in EXTENSIONS:
            import_extension(extension, con=con)
            con.execute(f"LOAD {extension}")
        yield con
    finally:
        con.interrupt()  # after a Ctrl-C, closing would wait for what threads still compute
        con.close()


def threads() -> dict[str, str]:
    """DuckDB's setting of how many threads it computes with, when SPAMLEDGER_DUCKDB_THREADS names it."""
    given = os.environ.get(THREADS_VARIABLE)
    return {"threads": given} if given else {}


def _create_table(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    columns = ", ".join(f"{c.name} {c.sql_type}{' NOT NULL' if c.required else ''}" for c in table.columns)
    con.execute(f"CREATE TABLE lake.{table.name} ({columns})")
    describe(con, ((f"lake.{name}", column, text) for name, column, text in table.comments()))
    if table.month_of:
        month = f"year({table.month_of}), month({table.month_of})"
        feed = "feed, " if "feed" in table.schema.names else ""
        con.execute(f"ALTER TABLE lake.{table.name} SET PARTITIONED BY ({feed}{month})")


def _columns_by_table(rows: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for table, column in rows:
        found.setdefault(table, set()).add(column)
    return found


def _add_columns(con: duckdb.DuckDBPyConnection, table: Table, present: Set[str]) -> None:
    """Add what the table lacks; never NOT NULL, since there may be rows."""
    for column in table.columns:
        if column.name not in present:
            con.execute(f"ALTER TABLE lake.{table.name} ADD COLUMN {column.name} {column.sql_type}")
            describe(con, [(f"lake.{table.name}", column.name, column.description)])


def describe(
    con: duckdb.DuckDBPyConnection, comments: Iterable[tuple[str, str | None, str]], kind: str = "TABLE"
) -> None:
    """Write descriptions into a catalogue: name, column (none for the TABLE or VIEW itself) and text of each."""
    for name, column, text in comments:
        target = f"COLUMN {name}.{column}" if column else f"{kind} {name}"
        con.execute(f"COMMENT ON {target} IS {quoted(text)}")


def quoted(text: str) -> str:
    """The text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    part = path.with_suffix(".part")
    yield part
    os.replace(part, path)
