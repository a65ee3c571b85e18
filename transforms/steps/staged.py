"""Staged rows on disk: `<table>/*.parquet`, in files that are worth a scan."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from transforms.contracts import Table

FILE_ROWS = 100_000
FILE_BYTES = 64 << 20


def write_staged(folder: Path, name: str, file_name: str, rows: pa.Table) -> None:
    """Write rows of the table `name` to a file of their own; one of the same name is replaced."""
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    pq.write_table(rows, place / f"{file_name}.parquet", compression="zstd")


class StagedRows:
    """Gathers rows that are too few for a file of their own, and writes a file of each table when there are enough."""

    def __init__(self, folder: Path, tables: tuple[Table, ...]):
        self.folder = folder
        self._tables = {table.name: table for table in tables}
        self._waiting: dict[str, list[pa.Table]] = {table.name: [] for table in tables}
        self._bytes = dict.fromkeys(self._tables, 0)
        self._rows = dict.fromkeys(self._tables, 0)
        self._files = dict.fromkeys(self._tables, 0)

    def add(self, name: str, rows: pa.Table) -> None:
        """Take rows of a table, in its schema."""
        self._waiting[name].append(rows)
        self._rows[name] += rows.num_rows
        self._bytes[name] += rows.nbytes
        if self._rows[name] >= FILE_ROWS or self._bytes[name] >= FILE_BYTES:
            self._write(name)

    def close(self) -> None:
        """Write what waits. Every table gets a file: an empty one is seen as empty, a missing one as a fault."""
        for name, waiting in self._waiting.items():
            if waiting or not any((self.folder / name).glob("*.parquet")):
                self._write(name)

    def _write(self, name: str) -> None:
        rows = pa.concat_tables(self._waiting[name] or [self._tables[name].schema.empty_table()])
        write_staged(self.folder, name, f"{self._files[name]:06d}", rows)
        self._waiting[name] = []
        self._rows[name] = self._bytes[name] = 0
        self._files[name] += 1
