"""Origins are broken one way at a time: exactly the expectations named here fail, by exactly that many rows."""

from __future__ import annotations

from datetime import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from expectations.gate import judge_origins
from expectations.origins import ORIGINS
from expectations.suite import CRITICAL, WARNING
from transforms.compliance.finding import VERDICTS
from transforms.origin import CONFIDENCES, FINDINGS
from transforms.origin.authentication_grammar import RESULTS
from transforms.tables import MESSAGE_ORIGINS, message_origins

TABLE = "message_origins"
NETWORK = {"asn": 64500, "as_name": "Example", "country_code": "DE", "network_prefix": "192.0.2.0/24"}
UNKNOWN = {"origin_ip": None, "origin_helo": None, "origin_name": None, "origin_confidence": "none"}
UNKNOWN |= dict.fromkeys([*NETWORK, "networks_version"])


def captured(message: int) -> dict:
    at = datetime(2005, 3, 1, 12)
    return {"message_key": f"{message:032x}", "feed": "trap-a", "load_id": "trap-a-1", "captured_at": at}


def traced(message: int, **other) -> dict:
    origin = {"origin_ip": "192.0.2.1", "origin_helo": "a", "origin_name": None, "origin_confidence": "high"}
    found = {"claimed_origin_ip": None, "origin_findings": ["chain_broken"], "spf_result": "pass"}
    header = {"header_verdict": "indicator", "header_reason": "forged", "header_place": "received"}
    versions = {"networks_version": "some 2005-03-01", "header_rule_version": "1.1", "rules_version": "origin 1"}
    return captured(message) | origin | found | header | NETWORK | versions | other


def portion(size: int = 3) -> dict[str, list[dict]]:
    """Three messages, the last of which came from nowhere."""
    rows = [traced(message) for message in range(size - 1)]
    return {
        TABLE: [*rows, traced(size - 1, **UNKNOWN, origin_findings=[])],
        "captured": [captured(message) for message in range(size)],
    }


def judged(rows: dict[str, list[dict]], folder):
    beside = [
        (name, pa.timestamp("us") if name.endswith("_at") else pa.string()) for name in ORIGINS.beside["captured"]
    ]
    for name, schema in ((TABLE, MESSAGE_ORIGINS.schema), ("captured", pa.schema(beside))):
        pq.write_table(pa.Table.from_pylist(rows[name], schema=schema), folder / f"{name}.parquet")
    return judge_origins(folder, folder / "reports")


def failures(verdict, severity: str = CRITICAL) -> dict:
    assert {row["gate"] for row in verdict.results} == {"origins"}
    assert {row["table_name"] for row in verdict.results} <= {TABLE, "captured"}
    return {row["expectation"]: row["unexpected_count"] for row in verdict.failures(severity)}


def change(**columns):
    """Change the first row."""
    return lambda rows: rows[TABLE][0].update(columns)


def forget(rows):
    rows[TABLE].pop()


def trace_twice(rows):
    rows[TABLE].append(rows[TABLE][0])


def trace_a_stranger(rows):
    rows[TABLE].append(traced(8))


def keep_the_network(rows):
    rows[TABLE][2].update(NETWORK, networks_version="some 2005-03-01")


BROKEN = {
    "valid": (lambda rows: None, {}),
    "a message lost": (forget, {"every captured message has an origin, or is known to have none": 1}),
    "a message twice": (trace_twice, {"(message_key): unique": 2}),
    "a stranger": (trace_a_stranger, {"only captured messages have one": 1}),
    "another time": (
        change(captured_at=datetime(2005, 3, 2)),
        {
            "only captured messages have one": 1,
            "every captured message has an origin, or is known to have none": 1,
        },
    ),
    "an address without confidence": (
        change(origin_confidence="none"),
        {"no origin_ip where confidence is none, and nowhere else": 1},
    ),
    "confidence without an address": (
        change(**UNKNOWN | {"origin_confidence": "low"}),
        {"no origin_ip where confidence is none, and nowhere else": 1},
    ),
    "a greeting of nobody": (
        change(**UNKNOWN | {"origin_helo": "a"}),
        {"a greeting and a name only with an origin_ip": 1},
    ),
    "a country of nobody": (keep_the_network, {"a network and a country only with an origin_ip": 1}),
    "a country of no table": (
        change(networks_version=None),
        {"a network and a country name the table that knows them": 1},
    ),
    "a country that is none": (change(country_code="de"), {"country_code: matches [A-Z]{2}": 1}),
    "a finding twice": (change(origin_findings=["time_gap"] * 2), {"no finding stands twice": 1}),
    "a finding that is none": (
        change(origin_findings=["guess"]),
        {"origin_findings: filled, only words of its vocabulary": 1},
    ),
    "a false header nowhere": (change(header_place=None), {"a header is false in some field": 1}),
    "a result that is none": (change(spf_result="maybe"), {"spf_result: one of its 8 words": 1}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_portion_is_held_against_its_messages(tmp_path, name):
    corrupt, expected = BROKEN[name]
    rows = portion()
    corrupt(rows)
    verdict = judged(rows, tmp_path)
    assert failures(verdict) == expected
    assert verdict.is_held == bool(expected)


def test_mail_that_comes_from_nowhere_is_flagged(tmp_path):
    rows = portion(1_000)
    assert failures(judged(rows, tmp_path), WARNING) == {}
    for row in rows[TABLE][:501]:
        row.update(UNKNOWN)
    verdict = judged(rows, tmp_path)
    assert not verdict.is_held
    assert failures(verdict, WARNING) == {
        "at most 50% of a feed's 1,000 messages or more are without an origin": 1,
    }


def test_files_at_fault_hold_the_portion(tmp_path):
    judged(portion(), tmp_path)
    (tmp_path / "captured.parquet").unlink()
    verdict = judge_origins(tmp_path, tmp_path / "reports")
    assert failures(verdict) == {"a whole file with the columns of the contract": 1}


def test_vocabularies_are_those_of_the_rules():
    assert set(message_origins.ORIGIN_FINDINGS) == set(FINDINGS)
    assert tuple(CONFIDENCES) == message_origins.ORIGIN_CONFIDENCES
    assert message_origins.AUTHENTICATION_RESULTS == RESULTS
    assert set(message_origins.HEADER_VERDICTS) == set(VERDICTS) - {"not_applicable"}
