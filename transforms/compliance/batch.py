"""Facts in, findings out, as Arrow tables: what a worker process makes of a batch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from transforms.compliance.finding import Finding, Rule
from transforms.compliance.header_falsity import RULE as HEADER_RULE
from transforms.compliance.header_falsity import HeaderFacts, header_falsity
from transforms.compliance.letter import Letter
from transforms.compliance.rules import findings

_FINDING_FIELDS = ("rule_id", "rule_version", "verdict", "citation", "reason", "place")
_HEADER_FIELDS = HeaderFacts._fields
_CUT = "body_truncated"
_FACTS = (
    "template",
    "subject",
    "body_text",
    "links",
    "files",
    "list_unsubscribe",
    "in_reply_to",
    "reference_count",
    "from_address",
    "category_code",
    "subject_category_code",
    "defects",
)


def read_batch(facts: pa.Table) -> pa.Table:
    """A row (template, purpose, rule and finding) for each template and each rule that is asked of templates.

    `facts` has a row a template: `template` of any type, the columns of `messages` that `Letter` names, `links` and
    `files` as lists of structs (rows of `urls` and `attachments`), `category_code`, `subject_category_code`, and
    `defects` where it is known; columns that are missing count as empty. `place` is the finding's `where`.
    """
    templates, purposes, found = [], [], []
    for row in facts.select([name for name in _FACTS if name in facts.column_names]).to_pylist():
        letter = letter_of(row)
        for pair in findings(letter):
            templates.append(row["template"])
            purposes.append(letter.purpose.word)
            found.append(pair)
    table = {
        "template": pa.array(templates, facts.schema.field("template").type),
        "purpose": pa.array(purposes, pa.string()),
    }
    return pa.table(table | _columns(found))


def letter_of(row: dict[str, Any]) -> Letter:
    """The letter of a row of facts; unknown columns are left alone."""
    return Letter(
        subject=row.get("subject"),
        body_text=row.get("body_text") or "",
        links=row.get("links") or (),
        list_unsubscribe=row.get("list_unsubscribe"),
        in_reply_to=row.get("in_reply_to"),
        reference_count=row.get("reference_count") or 0,
        from_address=row.get("from_address"),
        category_code=row.get("category_code") or "unknown",
        subject_category_code=row.get("subject_category_code") or "unknown",
        attachment_types=tuple(file["content_type"] for file in row.get("files") or ()),
        is_cut=_CUT in (row.get("defects") or ()),
    )


def header_batch(facts: pa.Table) -> pa.Table:
    """A row (message_key, rule and finding of H1) for each message.

    `facts` has `message_key` and the fields of `HeaderFacts` as columns, `origin_findings` as a list; columns that are
    missing count as empty, but for `purpose`: that of the message's template.
    """
    columns = [facts[name].to_pylist() if name in facts.column_names else None for name in _HEADER_FIELDS]
    nothing = [None] * facts.num_rows
    rows = zip(*(nothing if column is None else column for column in columns), strict=True)
    found = [
        (HEADER_RULE, header_falsity(HeaderFacts(purpose, tuple(words or ()), *rest))) for purpose, words, *rest in rows
    ]
    return pa.table({"message_key": facts["message_key"]} | _columns(found))


def _columns(found: Iterable[tuple[Rule, Finding]]) -> dict[str, pa.Array]:
    """Columns of rules and findings; each distinct pair is written out once."""
    numbers: dict[tuple[Rule, Finding], int] = {}
    order = pa.array([numbers.setdefault(pair, len(numbers)) for pair in found], pa.int32())
    rows = [
        (rule.id, rule.version, finding.verdict, rule.citation, finding.reason, finding.where)
        for rule, finding in numbers
    ]
    columns = zip(*rows, strict=True) if rows else [()] * len(_FINDING_FIELDS)
    return {
        name: pa.array(column, pa.string()).take(order) for name, column in zip(_FINDING_FIELDS, columns, strict=True)
    }
