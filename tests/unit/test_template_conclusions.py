"""What a worker makes of a batch of templates."""

from __future__ import annotations

import pyarrow as pa

from transforms.compliance.rules import TEMPLATE_RULES
from transforms.steps.template_conclusions import empty_tables, read_batch
from transforms.tables import CONCLUSIONS, TEMPLATE_CATEGORIES, TEMPLATE_FINDINGS

LINKS = pa.list_(pa.struct({"url": pa.string(), "source": pa.string(), "host": pa.string()}))
FILES = pa.list_(pa.struct({"filename": pa.string(), "content_type": pa.string()}))
SCHEMA = pa.schema(
    {
        "template_id": pa.string(),
        "message_key": pa.string(),
        "subject": pa.string(),
        "from_name": pa.string(),
        "from_address": pa.string(),
        "body_text": pa.string(),
        "list_unsubscribe": pa.string(),
        "in_reply_to": pa.string(),
        "reference_count": pa.int32(),
        "defects": pa.list_(pa.string()),
        "links": LINKS,
        "files": FILES,
    }
)


def batch(*rows: dict) -> pa.RecordBatch:
    bare = {"body_text": "", "reference_count": 0, "defects": []}
    return pa.RecordBatch.from_pylist([bare | row for row in rows], schema=SCHEMA)


def test_each_template_gets_a_category_and_a_finding_of_every_rule():
    link = {"url": "http://a.example/x", "source": "href", "host": "a.example"}
    sells = {"subject": "Casino roulette", "body_text": "Play roulette, blackjack and poker in our casino. " * 4}
    tables = read_batch(
        batch(
            {"template_id": "t-2", "links": [link]} | sells,
            {"template_id": "t-1", "files": [{"filename": "a.gif", "content_type": "image/gif"}]},
        )
    )
    assert {name: table.schema for name, table in tables.items()} == {each.name: each.schema for each in CONCLUSIONS}
    decided = {row["template_id"]: row for row in tables[TEMPLATE_CATEGORIES.name].to_pylist()}
    assert (decided["t-2"]["category_code"], decided["t-1"]["category_code"]) == ("gambling", "unknown")
    found = {(row["template_id"], row["rule_id"]): row for row in tables[TEMPLATE_FINDINGS.name].to_pylist()}
    assert found.keys() == {(each, rule.id) for each in ("t-1", "t-2") for rule, _ in TEMPLATE_RULES}
    assert found["t-2", "O1"]["purpose"] == "commercial"
    assert found["t-2", "S1"]["verdict"] == "pass"


def test_a_subject_of_another_category_than_the_text_is_told():
    text = "Play roulette, blackjack, poker and slots in our online casino: jackpots, sports betting, gambling. " * 4
    tables = read_batch(batch({"template_id": "t-1", "subject": "cheap viagra", "body_text": text}))
    [subject] = [row for row in tables[TEMPLATE_FINDINGS.name].to_pylist() if row["rule_id"] == "S1"]
    assert (subject["verdict"], subject["reason"]) == ("indicator", "of another category than the text")


def test_nothing_becomes_empty_tables():
    assert read_batch(batch()) == empty_tables()
