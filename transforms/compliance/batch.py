"""Facts in, findings out, as Arrow tables: what a worker process makes of a batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from transforms.compliance.finding import Finding, Rule
from transforms.compliance.header_falsity import RULE as HEADER_RULE
from transforms.compliance.header_falsity import HeaderFacts, header_falsity
from transforms.compliance.letter import Letter
from transforms.compliance.opt_out import Link
from transforms.compliance.rules import findings

_FINDING_FIELDS = ("rule_id", "rule_version", "verdict", "citation", "reason", "place")
_CUT = "body_truncated"
_UNKNOWN = "unknown"


def read_batch(facts: pa.Table) -> pa.Table:
    """A row (template, purpose, rule and finding) for each template and each rule that is asked of templates.

    `facts` has a row a template: `template` of any type, the columns of `messages` that `letters` reads, `links` and
    `files` as lists of structs (rows of `urls` and `attachments`), `category_code`, `subject_category_code`; columns
    that are missing count as empty. `place` is the finding's `where`.
    """
    templates, purposes, found = [], [], []
    for template, letter in zip(facts["template"].to_pylist(), letters(facts), strict=True):
        for pair in findings(letter):
            templates.append(template)
            purposes.append(letter.purpose.word)
            found.append(pair)
    kind = facts.schema.field("template").type
    named = {"template": pa.array(templates, kind), "purpose": pa.array(purposes, pa.string())}
    return pa.table(named | _columns(found))


def letters(facts: pa.Table) -> Iterator[Letter]:
    """The letter of each row of facts."""
    links = (tuple(map(Link._make, each)) for each in _structs(facts, "links", Link._fields))
    types = (tuple(kind for (kind,) in each) for each in _structs(facts, "files", ("content_type",)))
    rows = zip(
        _values(facts, "subject"),
        _values(facts, "body_text", ""),
        links,
        _values(facts, "list_unsubscribe"),
        _values(facts, "in_reply_to"),
        _values(facts, "reference_count", 0),
        _values(facts, "from_address"),
        _values(facts, "category_code", _UNKNOWN),
        _values(facts, "subject_category_code", _UNKNOWN),
        types,
        (_CUT in (words or ()) for words in _values(facts, "defects")),
        strict=True,
    )
    return (Letter(*row) for row in rows)


def header_batch(facts: pa.Table) -> pa.Table:
    """A row (message_key, rule and finding of H1) for each message.

    `facts` has `message_key` and the fields of `HeaderFacts` as columns, `origin_findings` as a list; columns that are
    missing count as empty, but for `purpose`: that of the message's template.
    """
    rows = zip(*(_values(facts, name) for name in HeaderFacts._fields), strict=True)
    found = [
        (HEADER_RULE, header_falsity(HeaderFacts(purpose, tuple(words or ()), *rest))) for purpose, words, *rest in rows
    ]
    return pa.table({"message_key": facts["message_key"]} | _columns(found))


def _values(facts: pa.Table, name: str, default: Any = None) -> list[Any]:
    """A column as a list; `default` where it has nothing, or is not there."""
    if name not in facts.column_names or pa.types.is_null(facts.schema.field(name).type):
        return [default] * facts.num_rows
    values = facts[name].to_pylist()
    return values if default is None else [default if value is None else value for value in values]


def _structs(facts: pa.Table, name: str, fields: tuple[str, ...]) -> Iterator[tuple[tuple[Any, ...], ...]]:
    """Of each row, some fields of the structs in a column of lists: column by column, which costs a fraction."""
    if name not in facts.column_names or not pa.types.is_list(facts.schema.field(name).type):
        return iter([()] * facts.num_rows)
    lists = facts[name]
    structs = iter(
        list(zip(*(pc.struct_field(pc.list_flatten(lists), field).to_pylist() for field in fields), strict=True))
    )
    return (tuple(islice(structs, size or 0)) for size in pc.list_value_length(lists).to_pylist())


def _columns(found: Iterable[tuple[Rule, Finding]]) -> dict[str, pa.Array]:
    """Columns of rules and findings; each distinct pair is written out once."""
    numbers: dict[tuple[str, Finding], int] = {}
    rules: dict[str, Rule] = {}
    order = []
    for rule, finding in found:
        rules[rule.id] = rule
        order.append(numbers.setdefault((rule.id, finding), len(numbers)))
    rows = [
        (rule_id, rules[rule_id].version, finding.verdict, rules[rule_id].citation, finding.reason, finding.where)
        for rule_id, finding in numbers
    ]
    columns = zip(*rows, strict=True) if rows else [()] * len(_FINDING_FIELDS)
    taken = pa.array(order, pa.int32())
    return {
        name: pa.array(column, pa.string()).take(taken) for name, column in zip(_FINDING_FIELDS, columns, strict=True)
    }
