"""Rows under judgement: Parquet files as views of one in-memory DuckDB, and what is wrong with the files themselves.

A file that is missing, broken or of another shape gets no view. It is a row of the table `files` instead, which a
suite of its own judges: a fault of the files is a verdict like any other, never a traceback.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from expectations.suite import literal, literals
from transforms.contracts import Table
from transforms.lake import parquet_pattern, threads

MEMORY_LIMIT = "1GB"
_SETTINGS = f"""
    SET memory_limit = '{MEMORY_LIMIT}';
    SET preserve_insertion_order = false;
    SET parquet_metadata_cache = true;
    SET validate_external_file_cache = 'NO_VALIDATION';
"""
"""Nobody changes the files while they are judged, and a batch may be thousands: their footers are read once."""


@dataclass(frozen=True)
class Rows:
    """A named in-memory database whose views are the rows; `readable` names those that could be made."""

    database: str
    con: duckdb.DuckDBPyConnection
    readable: set[str]

    def add(self, name: str, path: Path, fault_in: Callable[[pa.Schema], str | None]) -> None:
        """Make a view of one file, or of all files of a folder, unless one of them is at fault."""
        if faults := [(name, file, problem) for file, problem in _faults(path, fault_in)]:
            self.con.executemany("INSERT INTO files VALUES (?, ?, ?)", faults)
            return
        source = literal(parquet_pattern(path))
        self.con.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({source}, hive_partitioning = false)")
        self.readable.add(name)

    def narrow(self, name: str, source: str, load_ids: Iterable[str], without: str | None = None) -> None:
        """Make a view of those rows of another one that belong to the loads, `without` the messages of a third."""
        if source in self.readable:
            rest = f"ANTI JOIN {without} USING (message_key, load_id)" if without else ""
            chosen = f"SELECT * FROM {source} {rest} WHERE load_id IN ({literals(load_ids)})"
            self.con.execute(f"CREATE VIEW {name} AS {chosen}")
            self.readable.add(name)

    def read(self, name: str, source: str, query: str) -> None:
        """Keep what a query finds in a whole view, as a table; a view that cannot be read to its end is at fault."""
        if source not in self.readable:
            return
        try:
            self.con.execute(f"CREATE TABLE {name} AS {query}")
        except duckdb.Error:
            self.con.execute("INSERT INTO files VALUES (?, NULL, 'cannot be read to the end')", [source])
            self.readable.discard(source)


@contextmanager
def open_rows(name: str) -> Iterator[Rows]:
    """A fresh database of that name; it lives until its last connection is closed, and spills beside the system's
    temporary files."""
    database = f":memory:{name}"
    with tempfile.TemporaryDirectory(prefix="gate-") as spill, duckdb.connect(database) as con:
        con.execute(_SETTINGS)
        con.execute("SET temp_directory = ?", [spill])
        for count in threads().values():
            con.execute("SET threads = ?", [count])
        con.execute("CREATE TABLE files (view_name VARCHAR, file VARCHAR, problem VARCHAR)")
        yield Rows(database, con, set())


def fault_in_schema(table: Table) -> Callable[[pa.Schema], str | None]:
    """A judge of schemas: None for exactly the columns and types of the table's contract, in their order."""

    def fault(schema: pa.Schema) -> str | None:
        expected = table.schema
        if schema.names != expected.names:
            missing = [name for name in expected.names if name not in schema.names]
            return f"no column {', '.join(missing)}" if missing else "columns that the contract lacks, or another order"
        wrong = [f.name for f in expected if schema.field(f.name).type != f.type]
        return f"another type in {', '.join(wrong)}" if wrong else None

    return fault


def fault_in_columns(required: Iterable[str]) -> Callable[[pa.Schema], str | None]:
    """A judge of schemas: None when all required columns are there."""

    def fault(schema: pa.Schema) -> str | None:
        missing = [name for name in required if name not in schema.names]
        return f"no column {', '.join(missing)}" if missing else None

    return fault


def _faults(path: Path, fault_in: Callable[[pa.Schema], str | None]) -> Iterator[tuple[str, str]]:
    files = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    if not files or not path.exists():
        yield path.name, "missing"
        return
    for file in files:
        try:
            problem = fault_in(pq.read_schema(file))
        except (pa.ArrowException, OSError):
            problem = "not a whole Parquet file"
        if problem:
            yield file.name, problem
