"""Rings out of what all campaigns give away: written anew by every grouping, under ids that last."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from expectations.gate import judge_rings
from expectations.verdict import Verdict
from transforms.clock import now
from transforms.lake import Lake, parquet
from transforms.rings.components import find_rings
from transforms.rings.links import find_links
from transforms.rings.rules import RULES_VERSION
from transforms.steps import months
from transforms.steps.gating import keep_verdict
from transforms.steps.template_index import LINEAGE
from transforms.tables import RING_LINKS, RING_MEMBERS

FEWEST_MESSAGES = 3
"""A group of fewer messages is no campaign: `campaign_min_messages` of the dbt project."""

_PRESENT = f"""
    CREATE OR REPLACE TEMP TABLE present AS
    SELECT a.*, coalesce(present_id, assigned_campaign_id) AS campaign_id FROM (
        SELECT assigned_campaign_id, count(*) AS message_count, min(captured_at) AS first_seen_at
        FROM campaign_assignments GROUP BY ALL
    ) AS a LEFT JOIN ({LINEAGE}) AS heirs ON assigned_campaign_id = heirs.campaign_id
"""
_CAMPAIGNS = f"""
    SELECT campaign_id, sum(message_count)::BIGINT AS size, min(first_seen_at) AS first_seen_at FROM present
    GROUP BY ALL HAVING sum(message_count) >= {FEWEST_MESSAGES} ORDER BY campaign_id
"""
_HELD = f"""
    WITH held AS (
        SELECT campaign_id, kind, value, i.message_count, i.first_seen_at, i.last_seen_at
        FROM campaign_indicators AS i JOIN present USING (assigned_campaign_id)
            SEMI JOIN ({_CAMPAIGNS}) AS campaigns USING (campaign_id)
    )
    SELECT campaign_id, kind, value, sum(message_count)::BIGINT AS message_count,
        min(first_seen_at) AS first_seen_at, max(last_seen_at) AS last_seen_at
    FROM held SEMI JOIN (
        SELECT kind, value FROM held GROUP BY ALL HAVING min(campaign_id) <> max(campaign_id)
    ) AS shared USING (kind, value)
    GROUP BY ALL ORDER BY ALL
"""
_KNOWN = f"""
    SELECT coalesce(present_id, m.campaign_id) AS campaign_id, min(ring_id) AS ring_id, min(joined_at) AS joined_at
    FROM ring_members AS m LEFT JOIN ({LINEAGE}) AS heirs ON m.campaign_id = heirs.campaign_id GROUP BY ALL
"""
_CHANGED_MONTHS = """
    SELECT DISTINCT date_trunc('month', captured_at)::DATE AS month
    FROM campaign_assignments SEMI JOIN (FROM present SEMI JOIN moved USING (campaign_id)) AS these
        USING (assigned_campaign_id)
    ORDER BY month
"""


def find(lake: Lake) -> tuple[int, Verdict]:
    """Find all rings anew, and write `ring_links` and `ring_members` unless their gate holds them.

    Returns how many rings there are, and the verdict.
    """
    with lake.write() as con:
        con.execute(_PRESENT)
        campaigns = con.execute(_CAMPAIGNS).fetchall()
        sizes = {campaign: size for campaign, size, _ in campaigns}
        first_seen = {campaign: at for campaign, _, at in campaigns}
        held = con.execute(_HELD).to_arrow_table()
        known = {campaign: (ring, at) for campaign, ring, at in con.execute(_KNOWN).fetchall()}
        links = find_links(held, sizes)
        rings = {campaign: ring for campaign, (ring, _) in known.items() if campaign in sizes}
        members = find_rings(links, first_seen, rings)
        _stage(lake.grouping, links, _members(members, known), list(sizes))
        verdict = judge_rings(lake.grouping, lake.reports)
        keep_verdict(con, verdict)
        present = {row["campaign_id"]: row["ring_id"] for row in members}
        if not verdict.is_held:
            _replace(con, lake.grouping)
            moved = [each for each in present.keys() | rings.keys() if present.get(each) != rings.get(each)]
            con.register("moved", pa.table({"campaign_id": pa.array(moved, pa.string())}))
            changed = con.execute(_CHANGED_MONTHS).fetchall() if moved else []
            months.record(con, [month for (month,) in changed], "changed", now())
    return len(set(present.values())), verdict


def _members(rows: list[dict], known: dict[str, tuple[str, datetime]]) -> pa.Table:
    at = now()
    for row in rows:
        ring_id, joined_at = known.get(row["campaign_id"], (None, at))
        row["joined_at"] = joined_at if ring_id == row["ring_id"] else at
        row["rules_version"] = RULES_VERSION
    return pa.Table.from_pylist(rows, schema=RING_MEMBERS.schema)


def _stage(folder: Path, links: pa.Table, members: pa.Table, campaigns: list[str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    links = links.append_column("rules_version", pa.array([RULES_VERSION] * len(links), pa.string()))
    for table, rows in ((RING_LINKS, links), (RING_MEMBERS, members)):
        rows = rows.select(table.schema.names).cast(table.schema).sort_by([(name, "ascending") for name in table.order])
        pq.write_table(rows, folder / f"{table.name}.parquet")
    pq.write_table(pa.table({"campaign_id": pa.array(campaigns, pa.string())}), folder / "campaigns.parquet")


def _replace(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    for table in (RING_LINKS, RING_MEMBERS):
        con.execute(f"DELETE FROM {table.name}")
        con.execute(f"INSERT INTO {table.name} BY NAME FROM {parquet(folder / f'{table.name}.parquet')}")
