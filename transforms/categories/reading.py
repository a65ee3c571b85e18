"""Facts of messages in, a table of decisions out: one a template."""

from __future__ import annotations

import pyarrow as pa

from transforms.categories.deciding import categorise

DECISIONS = pa.schema(
    {
        "template": pa.int64(),
        "category_code": pa.string(),
        "confidence": pa.float64(),
        "evidence": pa.string(),
        "runner_up": pa.string(),
    }
)


def read_batch(facts: pa.RecordBatch | pa.Table) -> pa.Table:
    """Decisions on the templates of some facts, decided by the first message of each.

    `facts` are rows of `messages` with a `template`, and what `categorise` reads. `evidence` is the weightiest terms
    with what they weighed, `viagra 8; no prescription 4`; null for `unknown`.
    """
    first: dict[int, dict] = {}
    for row in facts.to_pylist():
        first.setdefault(row["template"], row)
    return pa.Table.from_pylist([_decision(template, row) for template, row in first.items()], schema=DECISIONS)


def _decision(template: int, row: dict) -> dict:
    decided = categorise(row)
    spoken = "; ".join(f"{term} {weight:g}" for term, weight in decided.evidence)
    return {
        "template": template,
        "category_code": decided.code,
        "confidence": decided.confidence,
        "evidence": spoken or None,
        "runner_up": decided.runner_up,
    }
