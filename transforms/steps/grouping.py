"""Station 3: the messages of loads that are not grouped yet are put into campaigns, and campaigns into rings.

Loads are grouped in portions, each judged and committed in one transaction, so that memory does not grow with a load.
A load counts as grouped when its last portion is in; what a killed run left of it is written again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from expectations.gate import judge_portion
from expectations.verdict import Verdict
from transforms import interruption
from transforms.campaigns.assignment import assign
from transforms.campaigns.features import RULES_VERSION
from transforms.campaigns.reading import Tables
from transforms.clock import now
from transforms.lake import Lake
from transforms.settings import Settings
from transforms.steps import months
from transforms.steps.fact_readers import FactReaders
from transforms.steps.gating import keep_verdict
from transforms.steps.grouped_rows import GroupedRows, insert_staged
from transforms.steps.grouping_facts import READING
from transforms.steps.portions import Load, Portion, portions, waiting
from transforms.steps.ring_finding import FEWEST_MESSAGES, find
from transforms.steps.template_index import LINEAGE, distinct, look_up
from transforms.tables import GROUPED_LOADS, GROUPS

_CHANGED_MONTHS = f"""
    WITH present AS (
        SELECT coalesce(present_id, assigned_campaign_id) AS campaign_id, captured_at,
            list_contains($loads, load_id) AS is_of_loads
        FROM campaign_assignments LEFT JOIN ({LINEAGE}) AS heirs ON assigned_campaign_id = heirs.campaign_id
    ),
    touched AS (
        SELECT campaign_id, list(DISTINCT date_trunc('month', captured_at)::DATE) AS months
        FROM present SEMI JOIN (FROM present WHERE is_of_loads) AS these USING (campaign_id) GROUP BY campaign_id
        HAVING list_contains($elders, campaign_id) OR count(*) FILTER (NOT is_of_loads) < {FEWEST_MESSAGES}
    )
    SELECT DISTINCT date_trunc('month', captured_at)::DATE FROM present WHERE is_of_loads
    UNION
    SELECT DISTINCT unnest(months) FROM touched
"""
OF_A_LOAD = ("campaign_assignments", "campaign_indicators", "grouped_loads")


def group(settings: Settings, is_full: bool = False, progress: Callable[[str], None] = lambda _: None) -> dict:
    """Group what is committed and not grouped, or `is_full` everything again by the rules of today.

    Returns counts: `messages` grouped, `campaigns_merged`, `rings`; whether anything `changed`; and `is_held`, with the
    gate's `report`: what it held is grouped again by the next call.
    """
    lake = Lake(settings.lake)
    lake.create()
    with lake.lock("grouping"):
        if is_full or _has_other_rules(lake):
            _forget(lake)
        pending, gone = _work(lake)
        if not pending and not gone:
            return {"messages": 0, "campaigns_merged": 0, "rings": 0, "changed": False, "is_held": False}
        _withdraw(lake, [*gone, *(load.load_id for load in pending)])
        done = {"messages": 0, "campaigns_merged": 0}
        with FactReaders(lake, READING, sum(load.message_count for load in pending)) as readers:
            for portion, tables in readers.each(portions(pending)):
                progress(f"group {portion}")
                interruption.check()
                counts, verdict = _group_portion(lake, portion, tables)
                if verdict.is_held:
                    return done | _held(verdict)
                done = {name: count + counts[name] for name, count in done.items()}
        progress("find rings")
        rings, verdict = find(lake)
        return done | (_held(verdict) if verdict.is_held else {"rings": rings, "changed": True, "is_held": False})


def _held(verdict: Verdict) -> dict:
    return {"rings": 0, "changed": True, "is_held": True, "report": verdict.report}


def _work(lake: Lake) -> tuple[list[Load], list[str]]:
    """Loads to be grouped, in the order of their days, and grouped ones that are published no more."""
    with lake.read() as con:
        return waiting(con, GROUPED_LOADS.name, RULES_VERSION)


def _has_other_rules(lake: Lake) -> bool:
    with lake.read() as con:
        others = "SELECT count(*) FROM grouped_loads WHERE rules_version <> ?"
        return con.execute(others, [RULES_VERSION]).fetchone()[0] > 0


def _forget(lake: Lake) -> None:
    with lake.write() as con:
        for table in GROUPS:
            con.execute(f"DELETE FROM {table.name}")


def _withdraw(lake: Lake, loads: list[str]) -> None:
    """Take away what was concluded from loads that are gone or come again. What the index knows of them stays."""
    with lake.write() as con:
        _note_changes(con, loads, [])
        for table in OF_A_LOAD:
            con.execute(f"DELETE FROM {table} WHERE list_contains(?, load_id)", [loads])


def _group_portion(lake: Lake, portion: Portion, tables: Tables) -> tuple[dict[str, int], Verdict]:
    """Group and judge a portion, and commit it unless it is held; what was committed, and the verdict."""
    templates, keys = distinct(tables)
    with lake.read() as con:
        known, matches = look_up(con, templates, keys)
        reasons, mergers = assign(templates, keys, known, matches)
        GroupedRows(tables, templates, keys, known, reasons, mergers, now()).stage(con, portion, lake.grouping)
    verdict = judge_portion(lake.grouping, lake.reports)
    interruption.check()
    done = {"messages": tables["messages"].num_rows, "campaigns_merged": mergers.num_rows}
    with lake.write() as con:
        keep_verdict(con, verdict)
        if not verdict.is_held:
            insert_staged(con, lake.grouping)
            if portion.is_last:
                con.register("grouped", _receipts(portion.loads, done["messages"], now()))
                con.execute("INSERT INTO grouped_loads BY NAME FROM grouped")
            _note_changes(con, portion.load_ids, mergers["campaign_id"].to_pylist())
    return done, verdict


def _receipts(loads: tuple[Load, ...], messages: dict[str, int], at: datetime) -> pa.Table:
    rows: list[dict[str, Any]] = [
        {
            "load_id": load.load_id,
            "committed_at": load.committed_at,
            "message_count": load.message_count,
            "grouped_at": at,
            "rules_version": RULES_VERSION,
        }
        for load in loads
    ]
    return pa.Table.from_pylist(rows, schema=GROUPED_LOADS.schema)


def _note_changes(con: duckdb.DuckDBPyConnection, loads: list[str], elders: list[str]) -> None:
    """Months whose marts some loads change: those of their messages, and all months of campaigns that took over others,
    or that are campaigns only with these messages.
    """
    rows = con.execute(_CHANGED_MONTHS, {"loads": loads, "elders": elders}).fetchall()
    touched = {month for (month,) in rows} - set(months.dirty(con))
    months.record(con, sorted(touched), "changed", now())
