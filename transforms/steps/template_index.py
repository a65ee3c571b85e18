"""The index of known templates: what the lake knows of tonight's, and which of its own share a key with them."""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
import pyarrow as pa

from transforms.campaigns.assignment import KNOWN, MATCHES
from transforms.campaigns.matching import TEXT_REACH
from transforms.campaigns.reading import KEYS, TEMPLATES, Tables
from transforms.lake import in_memory

HORIZON_DAYS = 190
"""A template that was not seen for so long before tonight's mail is found by its own text only."""

_DISTINCT_TEMPLATES = """
    SELECT * EXCLUDE (place) FROM (
        SELECT *, row_number() OVER (PARTITION BY template ORDER BY captured_at, message_key) AS place FROM found
    ) WHERE place = 1 ORDER BY captured_at, message_key
"""
_DISTINCT_KEYS = "SELECT template, kind, key, min(evidence) AS evidence FROM found GROUP BY ALL ORDER BY ALL"
_MATCHES = f"""
    SELECT kind, key, unnest(min(template, {TEXT_REACH})) AS template FROM (
        SELECT kind, key, template FROM template_index
            SEMI JOIN (SELECT unnest(bands) AS key FROM tonight WHERE bands IS NOT NULL) AS wanted USING (key)
        WHERE month >= $since AND kind = 'text'
        UNION ALL
        SELECT kind, key, template FROM template_index SEMI JOIN tonight_keys USING (kind, key)
        WHERE month >= $since AND kind <> 'text'
    ) GROUP BY kind, key
"""
LINEAGE = """
    WITH RECURSIVE heirs AS (
        SELECT campaign_id, merged_into FROM campaign_lineage
        UNION ALL
        SELECT heirs.campaign_id, later.merged_into
        FROM heirs JOIN campaign_lineage AS later ON heirs.merged_into = later.campaign_id
    )
    SELECT campaign_id, merged_into AS present_id FROM heirs ANTI JOIN campaign_lineage AS later
        ON heirs.merged_into = later.campaign_id
"""
"""Every id that was taken over, and the id that its campaign has now."""


def distinct(tables: Tables) -> tuple[pa.Table, pa.Table]:
    """Tonight's templates and keys, each once."""
    with in_memory() as con:
        con.register("found", tables["templates"])
        templates = con.execute(_DISTINCT_TEMPLATES).to_arrow_table().cast(TEMPLATES)
        con.register("found", tables["keys"])
        return templates, con.execute(_DISTINCT_KEYS).to_arrow_table().cast(KEYS)


def look_up(con: duckdb.DuckDBPyConnection, templates: pa.Table, keys: pa.Table) -> tuple[pa.Table, pa.Table]:
    """KNOWN and MATCHES for tonight's templates and keys; `con` is a connection to the lake."""
    make_macros(con)
    con.register("tonight", templates)
    con.register("tonight_keys", keys)
    con.execute(f"CREATE OR REPLACE TEMP TABLE heirs AS {LINEAGE}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE matches AS {_MATCHES}", {"since": _since(templates)})
    known = con.execute(_KNOWN).to_arrow_table().cast(KNOWN)
    return known, con.execute("FROM matches ORDER BY ALL").to_arrow_table().cast(MATCHES)


_KNOWN = """
    WITH wanted AS (
        SELECT id_of('t', template) AS template_id FROM (
            SELECT template FROM tonight UNION SELECT template FROM matches
        )
    ),
    found AS (
        SELECT template_id, coalesce(present_id, assigned_campaign_id) AS campaign_id, manner, signature
        FROM templates SEMI JOIN wanted USING (template_id) LEFT JOIN heirs ON assigned_campaign_id = heirs.campaign_id
    )
    SELECT number_of(found.template_id) AS template, campaign_id, born.first_seen_at AS born_at, found.manner,
        found.signature
    FROM found JOIN templates AS born ON born.template_id = 't' || substr(campaign_id, 2) ORDER BY ALL
"""


def make_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Ids as texts, and as the signed numbers that are their digests."""
    con.execute(
        "CREATE OR REPLACE TEMP MACRO id_of(kind, number) AS kind || '-' || lpad(lower(to_hex(number)), 16, '0')"
    )
    con.execute(
        "CREATE OR REPLACE TEMP MACRO number_of(id) AS "
        "(('0x' || substr(id, 3))::UBIGINT::HUGEINT - CASE WHEN substr(id, 3, 1) >= '8' "
        "THEN 18446744073709551616::HUGEINT ELSE 0 END)::BIGINT"
    )


def _since(templates: pa.Table) -> date:
    if not templates.num_rows:
        return date.max
    return min(templates["captured_at"].to_pylist()).date() - timedelta(days=HORIZON_DAYS)
