"""A batch of messages as rows: what grouping reads of them, beside their texts."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import compress
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from transforms.campaigns.notices import is_notice
from transforms.rings.header_fields import came_by_list

Row = dict[str, Any]
"""Columns of `messages`, with `files`, the `links` that its author wrote, and whether it came by a mailing list."""

_PLAIN = ("text", "header")
"""Where links of a mailing list's stand: in mail that came by one, plain ones may be the list's."""


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
    """The messages of a batch that are grouped, and their texts; and those that are not: delivery reports, and what
    says nothing.
    """
    rows = batch.drop_columns(["body_text", "header_names", "links", "files"]).to_pylist()
    lists = _tuples(batch["header_names"]), _listed(batch["links"], Link), _listed(batch["files"], File)
    for row, names, links, files in zip(rows, *lists, strict=True):
        is_listed = _is_listed(names)
        row |= {"header_names": names, "is_listed": is_listed, "files": files}
        row["links"] = [link for link in links if link.source not in _PLAIN] if is_listed else links
    has_text = pc.not_equal(batch["body_text"], "").to_pylist()
    is_kept = [_says(row, told) and not _is_notice(row) for row, told in zip(rows, has_text, strict=True)]
    left_out = [row for row, kept in zip(rows, is_kept, strict=True) if not kept]
    return [*compress(rows, is_kept)], batch["body_text"].filter(pa.array(is_kept, pa.bool_())), left_out


def _says(row: Row, has_text: bool) -> bool:
    return bool(has_text or row["subject"] or row["links"] or row["files"])


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


_is_listed = lru_cache(1 << 14)(came_by_list)
