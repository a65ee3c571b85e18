"""Station 3: where the messages of loads entered the network, and what speaks against their headers.

Loads are traced in portions, each judged and committed in one transaction. Rows of before stay until those that take
their place are committed. A load counts as traced when its last portion is in; what a killed run left is traced again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from expectations.gate import judge_origins
from expectations.verdict import Verdict
from transforms import interruption
from transforms.catalogue import load_catalogue
from transforms.clock import now
from transforms.compliance.header_falsity import RULE as HEADER_RULE
from transforms.lake import Lake, parquet
from transforms.origin import RULES_VERSION
from transforms.origin.networks import NETWORKS, Networks, networks_version, read_networks
from transforms.settings import Settings
from transforms.steps import months
from transforms.steps.fact_readers import FactReaders, Tables
from transforms.steps.gating import keep_verdict
from transforms.steps.keeping_networks import LOCK
from transforms.steps.portion_rows import CAPTURED, fresh, insert, write_portion
from transforms.steps.portions import Portion, portions, waiting
from transforms.steps.tracing_facts import reading
from transforms.tables import CONCLUDED_LOADS, MESSAGE_ORIGINS

_LOCATED = """
    WITH located AS (
        SELECT message_key, asn, as_name, country_code, prefix AS network_prefix, $networks_version AS networks_version
        FROM (FROM found WHERE origin_address IS NOT NULL) AS f
            ASOF JOIN networks AS n ON f.origin_address >= n.first_address
        WHERE origin_address <= last_address
    )
    SELECT found.*, located.* EXCLUDE (message_key), $rules_version AS rules_version
    FROM found LEFT JOIN located USING (message_key) ORDER BY captured_at, message_key
"""
_MONTHS = """
    SELECT DISTINCT date_trunc('month', captured_at)::DATE FROM message_origins WHERE list_contains(?, load_id)
"""
OF_A_LOAD = ("message_origins", "concluded_loads")


def trace(settings: Settings, is_full: bool = False, progress: Callable[[str], None] = lambda _: None) -> dict:
    """Trace what is committed and not traced by the rules and networks of today, or `is_full` everything again.

    Returns how many `messages` were traced, whether anything `changed`, and `is_held`, with the gate's `report`: what
    it held is traced again by the next call. Raises CatalogueError and NetworkTableError.
    """
    lake = Lake(settings.lake)
    lake.create()
    feeds = load_catalogue(settings.feeds)
    with lake.lock(LOCK):
        rules_version = rules_of(networks_version(lake.networks))
        with lake.read() as con:
            pending, gone = waiting(con, CONCLUDED_LOADS.name, None if is_full else rules_version)
        done = {"messages": 0, "changed": bool(pending or gone), "is_held": False}
        if gone:
            _withdraw(lake, gone)
        if not pending:
            return done
        with FactReaders(lake, reading(feeds), sum(load.message_count for load in pending)) as readers:
            networks = _networks(lake.networks)
            for portion, tables in readers.each(portions(pending)):
                progress(f"trace {portion}")
                interruption.check()
                verdict = _trace_portion(lake, portion, tables, networks)
                if verdict.is_held:
                    return done | {"is_held": True, "report": verdict.report}
                done["messages"] += tables["origins"].num_rows
        return done


def rules_of(networks_version: str | None) -> str:
    """The version of all that origins are made by: the rules of origin, H1, and the table of networks."""
    networks = f"networks {networks_version}" if networks_version else "no networks"
    return f"origin {RULES_VERSION}; H1 {HEADER_RULE.version}; {networks}"


def _networks(path: Path) -> Networks:
    return read_networks([path]) if path.exists() else Networks(NETWORKS.empty_table(), "")


def _withdraw(lake: Lake, loads: list[str]) -> None:
    with lake.write() as con:
        changed = _remove(con, loads)
        _note_changes(con, changed)


def _trace_portion(lake: Lake, portion: Portion, tables: Tables, networks: Networks) -> Verdict:
    """Judge a portion, and commit it unless it is held."""
    rules_version = rules_of(networks.version)
    with lake.read() as con:
        _stage(con, lake.tracing, portion, tables["origins"], networks)
    verdict = judge_origins(lake.tracing, lake.reports)
    interruption.check()
    with lake.write() as con:
        keep_verdict(con, verdict)
        if not verdict.is_held:
            changed = _remove(con, portion.load_ids) if portion.first == 0 else set()
            insert(con, MESSAGE_ORIGINS, parquet(lake.tracing / f"{MESSAGE_ORIGINS.name}.parquet"))
            if portion.is_last:
                con.register("receipts", _receipts(portion, rules_version))
                con.execute("INSERT INTO concluded_loads BY NAME FROM receipts")
            _note_changes(con, changed | _months_of(con, portion.load_ids))
    return verdict


def _stage(con: duckdb.DuckDBPyConnection, folder: Path, portion: Portion, found: pa.Table, networks: Networks) -> None:
    """Write the rows, and the messages that they are held against; `con` reads the lake."""
    fresh(folder)
    con.register("found", found)
    con.register("networks", networks.ranges)
    con.execute("SET asof_loop_join_threshold = 0")  # else rows of unknown number are joined in a loop, each with all
    given = {"networks_version": networks.version, "rules_version": rules_of(networks.version)}
    rows = con.execute(_LOCATED, given).to_arrow_table()
    write_portion(folder, MESSAGE_ORIGINS.name, rows, MESSAGE_ORIGINS.schema)
    write_portion(folder, "captured", con.execute(CAPTURED, portion.chosen).to_arrow_table())


def _receipts(portion: Portion, rules_version: str) -> pa.Table:
    at = now()
    rows = [load._asdict() | {"rules_version": rules_version, "concluded_at": at} for load in portion.loads]
    return pa.Table.from_pylist(rows, schema=CONCLUDED_LOADS.schema)


def _remove(con: duckdb.DuckDBPyConnection, loads: list[str]) -> set[date]:
    """Take away what was concluded from some loads; the months of it."""
    touched = _months_of(con, loads)
    for table in OF_A_LOAD:
        con.execute(f"DELETE FROM {table} WHERE list_contains(?, load_id)", [loads])
    return touched


def _months_of(con: duckdb.DuckDBPyConnection, loads: list[str]) -> set[date]:
    return {month for (month,) in con.execute(_MONTHS, [loads]).fetchall()}


def _note_changes(con: duckdb.DuckDBPyConnection, touched: set[date]) -> None:
    months.record(con, sorted(touched - set(months.dirty(con))), "changed", now())
