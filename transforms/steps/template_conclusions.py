"""Templates in, what is concluded about them out: what a worker process makes of a batch of their first messages."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from transforms.categories.reading import read_batch as read_categories
from transforms.categories.seeds import RULES_VERSION
from transforms.compliance.batch import read_batch as read_findings
from transforms.contracts import Table
from transforms.steps.fact_readers import Tables
from transforms.tables import CONCLUSIONS, TEMPLATE_CATEGORIES, TEMPLATE_FINDINGS

_READ = ("subject", "from_name", "from_address", "body_text", "links", "files")


def read_batch(batch: pa.RecordBatch) -> Tables:
    """Rows of `template_categories` and `template_findings` for a batch with a row a template: `template_id`, columns
    of the message that speaks for it, its `links` and `files`.
    """
    facts = pa.Table.from_batches([batch])
    facts = facts.append_column("template", pa.array(range(facts.num_rows), pa.int64()))
    categories = read_categories(facts.select(["template", *_READ]))
    of_subject = read_categories(_subjects(facts))
    known = facts.append_column("category_code", categories["category_code"])
    known = known.append_column("subject_category_code", of_subject["category_code"])
    return {
        TEMPLATE_CATEGORIES.name: _categories(categories, facts),
        TEMPLATE_FINDINGS.name: _of_templates(read_findings(known), facts, TEMPLATE_FINDINGS),
    }


def empty_tables() -> Tables:
    """The tables without rows."""
    return {table.name: table.schema.empty_table() for table in CONCLUSIONS}


def _subjects(facts: pa.Table) -> pa.Table:
    """The facts as if each message were nothing but its subject and sender."""
    count = facts.num_rows
    return (
        facts.select(["template", "subject", "from_name", "from_address"])
        .append_column("body_text", pa.array([""] * count, pa.string()))
        .append_column("links", pa.nulls(count))
        .append_column("files", pa.nulls(count))
    )


def _categories(decided: pa.Table, facts: pa.Table) -> pa.Table:
    versions = pa.array([RULES_VERSION] * decided.num_rows, pa.string())
    rows = decided.rename_columns({"runner_up": "runner_up_code"}).append_column("rules_version", versions)
    return _of_templates(rows, facts, TEMPLATE_CATEGORIES)


def _of_templates(rows: pa.Table, facts: pa.Table, table: Table) -> pa.Table:
    """Rows that name a template by its place, as the table's with its id."""
    named = rows.append_column("template_id", pc.take(facts["template_id"], rows["template"]))
    return named.select(table.schema.names).cast(table.schema)
