"""Conclusions are broken one way at a time: exactly the expectations named here fail, by exactly that many rows."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from expectations.concluded import CONCLUDED
from expectations.gate import judge_conclusions
from expectations.verdict import Verdict
from transforms.compliance.finding import VERDICTS
from transforms.compliance.rules import TEMPLATE_RULES
from transforms.tables import TABLES
from transforms.tables.template_findings import VERDICTS as STORED_VERDICTS

CATEGORIES, FINDINGS = "template_categories", "template_findings"
RULES = [
    {"rule_id": rule.id, "rule_version": rule.version, "citation": rule.citation} for rule, _ in TEMPLATE_RULES[:2]
]
Rows = dict[str, list[dict]]


def template(number: int) -> str:
    return f"t-{number:016x}"


def conclusions() -> Rows:
    """Two templates, of which the second is unknown, and two rules."""
    known = {"category_code": "gambling", "confidence": 0.5, "evidence": "casino 4", "runner_up_code": "loans"}
    unknown = {"category_code": "unknown", "confidence": 0.0, "evidence": None, "runner_up_code": None}
    found = {"purpose": "commercial", "verdict": "indicator", "reason": "no opt-out", "place": None}
    return {
        CATEGORIES: [
            {"template_id": template(1), "rules_version": "1"} | known,
            {"template_id": template(2), "rules_version": "1"} | unknown,
        ],
        FINDINGS: [{"template_id": template(n)} | rule | found for n in (1, 2) for rule in RULES],
        "asked": [{"template_id": template(n)} for n in (1, 2)],
        "rules": RULES,
        "categories": [{"category_code": code} for code in ("gambling", "loans", "unknown")],
    }


def judged(rows: Rows, folder: Path) -> Verdict:
    for name, each in rows.items():
        columns = CONCLUDED.beside.get(name, ())
        schema = pa.schema([(column, pa.string()) for column in columns]) if columns else TABLES[name].schema
        pq.write_table(pa.Table.from_pylist(each, schema=schema), folder / f"{name}.parquet")
    return judge_conclusions(folder, folder / "reports")


def lose_a_category(rows):
    rows[CATEGORIES].pop()


def categorise_twice(rows):
    rows[CATEGORIES].append(rows[CATEGORIES][1])


def invent_a_category(rows):
    rows[CATEGORIES][0]["category_code"] = "weather"


def invent_a_runner_up(rows):
    rows[CATEGORIES][0]["runner_up_code"] = "weather"


def name_no_evidence(rows):
    rows[CATEGORIES][0]["evidence"] = ""


def be_more_than_sure(rows):
    rows[CATEGORIES][0]["confidence"] = 1.5


def judge_a_stranger(rows):
    rows[CATEGORIES][0]["template_id"] = template(3)


def forget_a_rule(rows):
    rows[FINDINGS].pop()


def ask_twice(rows):
    rows[FINDINGS].append(rows[FINDINGS][0] | {"reason": "another"})


def cite_nothing(rows):
    rows[FINDINGS][0]["citation"] = ""


def cite_another(rows):
    rows[FINDINGS][0]["citation"] = "15 USC 1"


def have_two_purposes(rows):
    rows[FINDINGS][0]["purpose"] = "other"


def find_a_violation(rows):
    rows[FINDINGS][0]["verdict"] = "violation"


REGISTRY = (FINDINGS, "rule, version and citation are the registry's")
BROKEN = {
    "valid": (lambda rows: None, {}),
    "a category lost": (lose_a_category, {(CATEGORIES, "every template has a category"): 1}),
    "a category twice": (categorise_twice, {(CATEGORIES, "(template_id): unique"): 2}),
    "no such category": (invent_a_category, {(CATEGORIES, "category_code: one of the seed"): 1}),
    "no such runner-up": (invent_a_runner_up, {(CATEGORIES, "runner_up_code: one of the seed"): 1}),
    "no evidence": (name_no_evidence, {(CATEGORIES, "every category but unknown names its evidence"): 1}),
    "too sure": (be_more_than_sure, {(CATEGORIES, "confidence: filled, at least 0, at most 1"): 1}),
    "a stranger": (
        judge_a_stranger,
        {(CATEGORIES, "every template has a category"): 1, (CATEGORIES, "only templates that were asked"): 1},
    ),
    "a rule forgotten": (forget_a_rule, {(FINDINGS, "every rule is asked of every template"): 1}),
    "a rule twice": (ask_twice, {(FINDINGS, "(template_id, rule_id): unique"): 2}),
    "no citation": (cite_nothing, {(FINDINGS, r"citation: filled, matches \d+ (USC|CFR) \d.*"): 1, REGISTRY: 1}),
    "another law": (cite_another, {REGISTRY: 1}),
    "two purposes": (have_two_purposes, {(FINDINGS, "a template has one purpose"): 1}),
    "a word that is none": (find_a_violation, {(FINDINGS, "verdict: filled, one of its 5 words"): 1}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_conclusions_are_held_against_what_was_asked(tmp_path, name):
    corrupt, expected = BROKEN[name]
    rows = conclusions()
    corrupt(rows)
    verdict = judged(rows, tmp_path)
    failed = {(row["table_name"], row["expectation"]): row["unexpected_count"] for row in verdict.failures("critical")}
    assert failed == expected
    assert verdict.is_held == bool(expected)
    assert {row["gate"] for row in verdict.results} == {"conclusions"}


def test_files_at_fault_hold_the_portion(tmp_path):
    rows = conclusions()
    del rows["asked"]
    verdict = judged(rows, tmp_path)
    assert [(row["table_name"], row["expectation"]) for row in verdict.failures("critical")] == [
        ("asked", "a whole file with the columns of the contract")
    ]


def test_stored_verdicts_are_those_of_the_rules():
    assert STORED_VERDICTS == VERDICTS
