"""A batch of messages as rows: what grouping reads of them, beside their texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from transforms.campaigns.notices import is_notice

Row = dict[str, Any]
"""Columns of `messages`, with `links` and `files`."""


class Link(NamedTuple):
    """A row of `urls`."""

    url: str
    source: str
    host: str | None
    registrable_domain: str | None


class File(NamedTuple):
    """A row of `attachments`."""

    kind: str
    filename: str | None
    content_type: str
    sha256: str
    attachment_bytes: int


def read_rows(batch: pa.RecordBatch) -> tuple[list[Row], pa.StringArray, list[Row]]:
    """The messages of a batch that are grouped, and their texts; and the delivery reports, which are not."""
    rows = batch.drop_columns(["body_text", "header_names", "links", "files"]).to_pylist()
    lists = _tuples(batch["header_names"]), _listed(batch["links"], Link), _listed(batch["files"], File)
    for row, names, links, files in zip(rows, *lists, strict=True):
        row |= {"header_names": names, "links": links, "files": files}
    notices = [row for row in rows if _is_notice(row)]
    left_out = {row["message_key"] for row in notices}
    kept = [place for place, row in enumerate(rows) if row["message_key"] not in left_out]
    return [rows[place] for place in kept], batch["body_text"].take(pa.array(kept, pa.int64())), notices


def _is_notice(row: Row) -> bool:
    return is_notice(row["content_type"], row["from_address"], [file.content_type for file in row["files"]])


def _tuples(column: pa.ListArray) -> list[tuple[str, ...]]:
    """Lists of names as tuples; equal ones are one and the same."""
    encoded = pc.binary_join(column, "\0").dictionary_encode()
    distinct = [tuple(text.split("\0")) if text else () for text in encoded.dictionary.to_pylist()]
    return [distinct[code] for code in encoded.indices.to_pylist()]


def _listed(column: pa.ListArray, kind: type[Link] | type[File]) -> list[list]:
    """Lists of structs as lists of named tuples; none for null."""
    make: Callable = kind._make
    structs = column.flatten()
    fields = [structs.field(name).to_pylist() for name in kind._fields]
    made = [*map(make, zip(*fields, strict=True))]
    ends = column.value_lengths().fill_null(0).to_numpy().cumsum().tolist()
    return [made[first:end] for first, end in zip([0, *ends], ends, strict=False)]
