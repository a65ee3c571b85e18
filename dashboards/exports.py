"""What a reader takes away: the rows behind a chart or table, as CSV or Parquet."""

from __future__ import annotations

import csv
import io

import pyarrow as pa
import pyarrow.parquet as pq

from dashboards.text import cell


def as_csv(table: pa.Table) -> bytes:
    """CSV in UTF-8; lists with semicolons; text that a spreadsheet would compute gets an apostrophe (OWASP)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.column_names)
    for row in table.to_pylist():
        writer.writerow([cell("; ".join(map(str, v)) if isinstance(v, list) else v) for v in row.values()])
    return out.getvalue().encode()


def as_parquet(table: pa.Table) -> bytes:
    """Parquet with zstd, types as in the marts."""
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()
