"""Messages in, Arrow tables out: what a worker process makes of a batch of messages for grouping."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from transforms.campaigns.digests import digest64
from transforms.campaigns.features import Reader, Template, is_grouped, keys, manner_of
from transforms.campaigns.holdings import HOLDINGS, Tally, table_of
from transforms.campaigns.scripts import script_of
from transforms.campaigns.signatures import BANDS, FEWEST_WORDS, PERMUTATIONS, bands, short, sketch

MESSAGES = pa.schema(
    {
        "message_key": pa.string(),
        "feed": pa.string(),
        "load_id": pa.string(),
        "captured_at": pa.timestamp("us"),
        "template": pa.int64(),
    }
)
TEMPLATES = pa.schema(
    {
        "template": pa.int64(),
        "message_key": pa.string(),
        "captured_at": pa.timestamp("us"),
        "subject": pa.string(),
        "script": pa.string(),
        "word_count": pa.int32(),
        "manner": pa.int64(),
        "signature": pa.binary(2 * PERMUTATIONS),
        "bands": pa.list_(pa.int64(), BANDS),
    }
)
KEYS = pa.schema({"template": pa.int64(), "kind": pa.string(), "key": pa.int64(), "evidence": pa.string()})
_SUBJECT_CHARS = 200

Tables = dict[str, pa.Table]


def read_batch(batch: pa.RecordBatch) -> Tables:
    """Tables `messages` (grouped ones), `templates`, `keys` and `holdings` of a batch of facts, each template once."""
    rows = [row for row in batch.to_pylist() if is_grouped(row)]
    reader, tally = Reader(), Tally()
    first: dict[int, tuple[dict[str, Any], Template, int]] = {}
    found: dict[tuple[int, str, int], str] = {}
    messages = []
    for row in rows:
        sent = manner_of(row)
        template = reader.template(row, sent)
        number = template.template
        first.setdefault(number, (row, template, digest64(sent)))
        for kind, text, manner in keys(row, template, sent):
            found[number, kind, digest64(kind, text, manner)] = text
        tally.add(row, template)
        messages.append((row["message_key"], row["feed"], row["load_id"], row["captured_at"], number))
    return {
        "messages": table_of(messages, MESSAGES),
        "templates": _templates(list(first.values())),
        "keys": table_of([(*key, text) for key, text in found.items()], KEYS),
        "holdings": tally.table(),
    }


def _templates(found: list[tuple[dict[str, Any], Template, int]]) -> pa.Table:
    signatures = sketch([template.words for _, template, _ in found])
    kept, banded = short(signatures), bands(signatures)
    is_short = np.array([len(template.words) < FEWEST_WORDS for _, template, _ in found], dtype=bool)
    rows = [
        (
            template.template,
            row["message_key"],
            row["captured_at"],
            row["subject"][:_SUBJECT_CHARS] if row["subject"] else None,
            script_of(template.words),
            len(template.words),
            sent,
        )
        for row, template, sent in found
    ]
    table = table_of(rows, pa.schema(list(TEMPLATES)[:-2]))
    size, no_signature = len(found), pa.array(is_short)
    packed = pa.FixedSizeBinaryArray.from_buffers(pa.binary(2 * PERMUTATIONS), size, [None, pa.py_buffer(kept)])
    listed = pa.FixedSizeListArray.from_arrays(pa.array(banded.ravel()), BANDS)
    for name, column in (("signature", packed), ("bands", listed)):
        table = table.append_column(
            TEMPLATES.field(name), pa.compute.if_else(no_signature, pa.scalar(None, column.type), column)
        )
    return table


def empty_tables() -> Tables:
    """What `read_batch` makes of nothing."""
    schemas = {"messages": MESSAGES, "templates": TEMPLATES, "keys": KEYS, "holdings": HOLDINGS}
    return {name: schema.empty_table() for name, schema in schemas.items()}
