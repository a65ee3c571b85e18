"""Staged rows on disk: `<table>/<number>.parquet`, in files that are worth a scan."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from transforms.contracts import Table

FILE_ROWS = 100_000
FILE_BYTES = 64 << 20


class StagedRows:
    """Gathers the rows that workers return, table by table, and writes a file when there is enough of them."""

    def __init__(self, folder: Path, tables: tuple[Table, ...]):
        self.folder = folder
        self._tables = {table.name: table for table in tables}
        self._waiting: dict[str, list[pa.Table]] = {table.name: [] for table in tables}
        self._files = dict.fromkeys(self._tables, 0)

    def add(self, name: str, rows: pa.Table) -> None:
        """Take rows of a table, in its schema."""
        waiting = self._waiting[name]
        waiting.append(rows)
        if sum(part.num_rows for part in waiting) >= FILE_ROWS or sum(part.nbytes for part in waiting) >= FILE_BYTES:
            self._write(name)

    def close(self) -> None:
        """Write what waits. Every table gets a file: an empty one is seen as empty, a missing one as a fault."""
        for name, waiting in self._waiting.items():
            if waiting or not self._files[name]:
                self._write(name)

    def _write(self, name: str) -> None:
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        rows = pa.concat_tables(self._waiting[name] or [self._tables[name].schema.empty_table()])
        pq.write_table(rows, folder / f"{self._files[name]:06d}.parquet", compression="zstd")
        self._waiting[name] = []
        self._files[name] += 1
