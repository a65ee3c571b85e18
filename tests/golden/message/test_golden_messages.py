"""Hand-written messages beside the rows that they must become; each JSON names the columns its case is about."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from transforms.feeds.raw import RawMessage
from transforms.message import FeedContext, Item, parse_batch
from transforms.tables.messages import DEFECTS

FOLDER = Path(__file__).parents[2] / "data" / "message"
CASES = sorted(path.stem for path in FOLDER.glob("*.eml"))
SHOWN_BY_LIMITS = {
    "attachment_limit",
    "body_truncated",
    "header_limit",
    "hop_limit",
    "nesting_limit",
    "part_limit",
    "url_limit",
}
"""Defects whose messages are too long to write by hand: tests/unit/message/test_limits.py."""


def expected(case: str) -> dict:
    return json.loads((FOLDER / f"{case}.json").read_text())


def parsed(case: str, given: dict) -> dict[str, list[dict]]:
    at = given.get("envelope_at")
    message = RawMessage(
        (FOLDER / f"{case}.eml").read_bytes(),
        envelope_from=given.get("envelope_from"),
        envelope_at=datetime.fromisoformat(at) if at else None,
    )
    context = FeedContext(
        "golden", "golden-0", date(2005, 3, 1), tuple(given.get("trusted_hosts", ())), b"a key for tests"
    )
    tables = parse_batch([Item(0, 0, message)], context)
    return {name: [jsonable(row) for row in table.to_pylist()] for name, table in tables.items()}


def jsonable(row: dict) -> dict:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


@pytest.mark.parametrize("case", CASES)
def test_message_becomes_its_rows(case):
    wanted = expected(case)
    rows = parsed(case, wanted.pop("given", {}))
    wanted["messages"] = [wanted["messages"]] if "messages" in wanted else []
    for table, wanted_rows in wanted.items():
        seen = [{name: row[name] for name in want} for row, want in zip(rows[table], wanted_rows, strict=False)]
        assert (len(rows[table]), seen) == (len(wanted_rows), wanted_rows), table


def test_every_defect_has_its_case():
    named = {word for case in CASES for word in expected(case).get("messages", {}).get("defects", [])}
    assert named | SHOWN_BY_LIMITS == set(DEFECTS)


def test_every_eml_has_rows_and_every_rows_file_its_eml():
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == CASES
