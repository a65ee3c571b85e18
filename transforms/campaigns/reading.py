"""Messages in, Arrow tables out: what a worker process makes of a batch of messages for grouping."""

from __future__ import annotations

import pyarrow as pa

from transforms.campaigns.digests import digest64
from transforms.campaigns.excerpts import excerpts
from transforms.campaigns.facts import Row, read_rows
from transforms.campaigns.features import SHORT_WORDS, Texts, keys, manner_of, read_texts
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
NOTICES = pa.schema({"message_key": pa.string()})
TEMPLATES = pa.schema(
    {
        "template": pa.int64(),
        "message_key": pa.string(),
        "captured_at": pa.timestamp("us"),
        "subject": pa.string(),
        "excerpt": pa.string(),
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
    """Of a batch of facts: `messages` that are grouped, `notices`, `templates` and `keys`, each once, `holdings`."""
    rows, texts, notices = read_rows(batch)
    read = read_texts(rows, texts)
    tally = Tally()
    first: dict[int, int] = {}
    found: dict[tuple[int, str, int], str] = {}
    for place, (row, number, contacts) in enumerate(zip(rows, read.templates, read.contacts, strict=True)):
        sent = manner_of(row)
        first.setdefault(number, place)
        for kind, text, manner in keys(row, contacts, sent):
            found[number, kind, digest64(kind, text, manner)] = text
        tally.add(row, number, contacts)
    messages = [
        (row["message_key"], row["feed"], row["load_id"], row["captured_at"], number)
        for row, number in zip(rows, read.templates, strict=True)
    ]
    return {
        "messages": table_of(messages, MESSAGES),
        "notices": table_of([(row["message_key"],) for row in notices], NOTICES),
        "templates": _templates([*first.values()], rows, texts, read),
        "keys": table_of([(*key, text) for key, text in found.items()], KEYS),
        "holdings": tally.table(),
    }


def _templates(places: list[int], rows: list[Row], texts: pa.StringArray, read: Texts) -> pa.Table:
    """One row a template: what is known of its first message."""
    told = read.words.take(places)
    signatures = sketch(told)
    spoken = texts.take(places)
    table = table_of(
        [
            (
                read.templates[place],
                rows[place]["message_key"],
                rows[place]["captured_at"],
                rows[place]["subject"][:_SUBJECT_CHARS] if rows[place]["subject"] else None,
                excerpt,
                script_of(said if count >= SHORT_WORDS else f"{rows[place]['subject'] or ''} {said}"),
                count,
                digest64(manner_of(rows[place])),
            )
            for place, count, said, excerpt in zip(
                places, told.counts.tolist(), spoken.to_pylist(), excerpts(spoken).to_pylist(), strict=True
            )
        ],
        pa.schema(list(TEMPLATES)[:-2]),
    )
    kept = pa.py_buffer(short(signatures))
    packed = pa.FixedSizeBinaryArray.from_buffers(pa.binary(2 * PERMUTATIONS), len(places), [None, kept])
    listed = pa.FixedSizeListArray.from_arrays(pa.array(bands(signatures).ravel()), BANDS)
    no_signature = pa.array(told.counts < FEWEST_WORDS)
    for name, column in (("signature", packed), ("bands", listed)):
        table = table.append_column(
            TEMPLATES.field(name), pa.compute.if_else(no_signature, pa.scalar(None, column.type), column)
        )
    return table


def empty_tables() -> Tables:
    """What `read_batch` makes of nothing."""
    schemas = {"messages": MESSAGES, "notices": NOTICES, "templates": TEMPLATES, "keys": KEYS, "holdings": HOLDINGS}
    return {name: schema.empty_table() for name, schema in schemas.items()}
