"""What grouping found out, as rows of its tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from transforms.campaigns.features import RULES_VERSION
from transforms.campaigns.reading import Tables
from transforms.contracts import Table
from transforms.lake import parquet
from transforms.steps.portion_rows import CAPTURED, fresh, insert, write_portion
from transforms.steps.portions import Portion
from transforms.steps.template_index import make_macros
from transforms.tables import CAMPAIGN_ASSIGNMENTS, CAMPAIGN_INDICATORS, CAMPAIGN_LINEAGE, TEMPLATE_INDEX, TEMPLATES

_TOLD = """
    SELECT r.*, k.evidence FROM {reasons} AS r
    LEFT JOIN (SELECT key, min(evidence) AS evidence FROM tonight_keys GROUP BY key) AS k USING (key)
"""
_ASSIGNMENTS = """
    SELECT m.message_key, m.feed, m.load_id, m.captured_at, id_of('t', m.template) AS template_id,
        r.campaign_id AS assigned_campaign_id,
        CASE WHEN is_first THEN r.method ELSE 'template' END AS method,
        CASE WHEN is_first THEN r.similarity ELSE 1 END AS similarity,
        id_of('t', CASE WHEN is_first THEN r.matched_template ELSE m.template END) AS matched_template_id,
        CASE WHEN is_first THEN r.evidence END AS evidence, $rules AS rules_version
    FROM (
        SELECT messages.*, messages.message_key = t.message_key AS is_first
        FROM found AS messages JOIN tonight AS t USING (template)
    ) AS m JOIN told AS r USING (template)
"""
_TEMPLATES = """
    SELECT id_of('t', template) AS template_id, r.campaign_id AS assigned_campaign_id, r.method, r.similarity,
        id_of('t', r.matched_template) AS matched_template_id, r.evidence, t.message_key,
        t.captured_at AS first_seen_at, t.subject, t.excerpt, t.script, t.word_count, t.manner, t.signature,
        $rules AS rules_version
    FROM tonight AS t JOIN told AS r USING (template) WHERE r.method <> 'template'
"""
_NEW_KEYS = """
    WITH seen AS (SELECT template, date_trunc('month', captured_at)::DATE AS month, bands FROM tonight),
    indexed AS (
        FROM template_index SEMI JOIN known USING (template) WHERE month IN (SELECT DISTINCT month FROM seen)
    )
    SELECT month, 'text' AS kind, unnest(bands) AS key, template
    FROM seen ANTI JOIN (FROM indexed WHERE kind = 'text') AS before USING (month, template) WHERE bands IS NOT NULL
    UNION ALL
    SELECT month, kind, key, template FROM tonight_keys JOIN seen USING (template)
        ANTI JOIN (FROM indexed WHERE kind <> 'text') AS before USING (month, kind, key, template)
"""
_LINEAGE = """
    SELECT taken_over AS campaign_id, campaign_id AS merged_into, method, similarity,
        id_of('t', template) AS template_id, id_of('t', matched_template) AS matched_template_id, evidence,
        $at AS merged_at, $rules AS rules_version
    FROM joined
"""
_SMALL = 4
_INDICATORS = """
    WITH held AS (
        SELECT load_id, feed, r.campaign_id AS assigned_campaign_id, kind, value,
            sum(message_count)::BIGINT AS message_count, min(first_seen_at) AS first_seen_at,
            max(last_seen_at) AS last_seen_at, min(h.message_key) AS message_key
        FROM holdings AS h JOIN told AS r USING (template) GROUP BY ALL
    ),
    sizes AS (
        SELECT load_id, r.campaign_id AS assigned_campaign_id, count(*) AS size
        FROM found JOIN told AS r USING (template) GROUP BY ALL
    )
    SELECT load_id, feed, assigned_campaign_id, kind, value, sum(message_count)::BIGINT AS message_count,
        min(first_seen_at) AS first_seen_at, max(last_seen_at) AS last_seen_at, min(message_key) AS message_key
    FROM (
        SELECT held.* FROM held JOIN sizes USING (load_id, assigned_campaign_id)
        WHERE message_count > 1 OR size < $small
        UNION ALL BY NAME
        FROM campaign_indicators WHERE $is_continued AND load_id IN (SELECT load_id FROM found)
    ) GROUP BY ALL
"""
"""With those of the load's earlier portions, which these rows replace. What is drawn anew for every message would be a
row a message: only small campaigns keep values of a single one."""


_KNOWN = """
    SELECT id_of('t', k.template) AS template_id, coalesce(j.campaign_id, k.campaign_id) AS campaign_id
    FROM known AS k LEFT JOIN joined AS j ON k.campaign_id = j.taken_over
"""
_QUERIES = {
    CAMPAIGN_ASSIGNMENTS: _ASSIGNMENTS,
    TEMPLATES: _TEMPLATES,
    TEMPLATE_INDEX: _NEW_KEYS,
    CAMPAIGN_LINEAGE: _LINEAGE,
    CAMPAIGN_INDICATORS: _INDICATORS,
}


@dataclass(frozen=True)
class GroupedRows:
    """A portion's tables (`campaigns.reading`), its templates and keys, and what was concluded about them."""

    tables: Tables
    templates: pa.Table
    keys: pa.Table
    known: pa.Table
    reasons: pa.Table
    mergers: pa.Table
    at: datetime

    def stage(self, con: duckdb.DuckDBPyConnection, portion: Portion, folder: Path) -> None:
        """Write the rows of each table, and what they are to be held against, as Parquet; `con` reads the lake."""
        fresh(folder)
        make_macros(con)
        views = {"tonight": self.templates, "tonight_keys": self.keys, "reasons": self.reasons, "mergers": self.mergers}
        views |= {"found": self.tables["messages"], "holdings": self.tables["holdings"], "known": self.known}
        for name, table in views.items():
            con.register(name, table)
        con.execute(f"CREATE OR REPLACE TEMP TABLE told AS {_TOLD.format(reasons='reasons')}")
        con.execute(f"CREATE OR REPLACE TEMP TABLE joined AS {_TOLD.format(reasons='mergers')}")
        given = {"rules": RULES_VERSION, "at": self.at, "small": _SMALL, "is_continued": portion.first > 0}
        for table, query in _QUERIES.items():
            write_portion(folder, table.name, _run(con, _ordered(query, table), given).to_arrow_table(), table.schema)
        write_portion(folder, "captured", con.execute(CAPTURED, portion.chosen).to_arrow_table())
        write_portion(folder, "notices", self.tables["notices"])
        write_portion(folder, "known", con.execute(_KNOWN).to_arrow_table())


def insert_staged(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Insert what was staged, by a connection with a transaction. Indicators of a load replace those of before."""
    for table in _QUERIES:
        staged = parquet(folder / f"{table.name}.parquet")
        if table is CAMPAIGN_INDICATORS:
            con.execute(f"DELETE FROM {table.name} WHERE load_id IN (SELECT load_id FROM {staged})")
        insert(con, table, staged)


def _ordered(query: str, table: Table) -> str:
    return f"SELECT * FROM ({query}) ORDER BY {', '.join(table.order or table.key)}"


def _run(con: duckdb.DuckDBPyConnection, query: str, given: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    return con.execute(query, {name: value for name, value in given.items() if f"${name}" in query})
