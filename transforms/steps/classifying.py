"""After grouping: what each template sells, and which requirements of the law its mail misses.

Both are concluded once a template, from its first message, and again when the rules have changed. Templates go in
portions, each judged and committed in one transaction; a killed run goes on with those that are left.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from expectations.gate import judge_conclusions
from expectations.verdict import Verdict
from transforms import interruption
from transforms.categories.seeds import RULES_VERSION, categories
from transforms.clock import now
from transforms.compliance.rules import TEMPLATE_RULES
from transforms.lake import Lake, parquet
from transforms.settings import Settings
from transforms.steps import months
from transforms.steps.fact_readers import FactReaders, Tables
from transforms.steps.gating import keep_verdict
from transforms.steps.template_facts import READING, SPEAKERS
from transforms.tables import CONCLUSIONS

PORTION_TEMPLATES = 20_000

_GONE = "SELECT template_id FROM template_categories ANTI JOIN templates USING (template_id)"
_WAITING = """
    SELECT template_id, message_key, first_seen_at AS captured_at FROM templates
    ANTI JOIN (
        SELECT template_id FROM template_findings JOIN rules USING (rule_id, rule_version)
            SEMI JOIN (FROM template_categories WHERE rules_version = $rules) AS known USING (template_id)
        GROUP BY template_id HAVING $is_full IS FALSE AND count(*) = (SELECT count(*) FROM rules)
    ) AS concluded USING (template_id)
"""
_PRESENT = """
    SELECT w.template_id, w.message_key, w.captured_at
    FROM waiting AS w SEMI JOIN (
        SELECT message_key FROM messages SEMI JOIN waiting USING (message_key)
        WHERE captured_at BETWEEN (SELECT min(captured_at) FROM waiting) AND (SELECT max(captured_at) FROM waiting)
    ) AS present USING (message_key)
"""
_NEXT = """
    SELECT template_id, arg_min(message_key, (captured_at, message_key)) AS message_key, min(captured_at) AS captured_at
    FROM campaign_assignments SEMI JOIN (FROM waiting ANTI JOIN present USING (template_id)) AS lost USING (template_id)
    GROUP BY template_id
"""
"""Where the first message was withdrawn with its load, the next one speaks for the template."""
_CHANGED_MONTHS = """
    SELECT DISTINCT date_trunc('month', captured_at)::DATE AS month
    FROM campaign_assignments SEMI JOIN ({changed}) AS changed USING (template_id) ORDER BY month
"""


def classify(settings: Settings, is_full: bool = False, progress: Callable[[str], None] = lambda _: None) -> dict:
    """Categories and findings of the templates that have none by the rules of today, or `is_full` of all.

    Returns `templates`, how many were read; whether anything `changed`; and `is_held`, with the gate's `report`: what
    it held is read again by the next call.
    """
    lake = Lake(settings.lake)
    lake.create()
    done = {"templates": 0, "changed": False, "is_held": False, "report": None}
    with lake.lock("classifying"):
        _forget_gone(lake)
        waiting = _waiting(lake, is_full)
        if not waiting.num_rows:
            return done
        with FactReaders(lake, READING, waiting.num_rows) as readers:
            for portion, tables in readers.each(_portions(waiting)):
                progress(f"read templates: {done['templates']:,} of {waiting.num_rows:,}")
                interruption.check()
                verdict, has_changed = _conclude_portion(lake, portion, tables)
                if verdict.is_held:
                    return done | {"is_held": True, "report": verdict.report}
                done["templates"] += portion.num_rows
                done["changed"] |= has_changed
    return done


def _forget_gone(lake: Lake) -> None:
    """Take away what was concluded about templates that a new grouping of everything did not find again."""
    with lake.read() as con:
        gone = [template for (template,) in con.execute(_GONE).fetchall()]
    if gone:
        with lake.write() as con:
            for table in CONCLUSIONS:
                con.execute(f"DELETE FROM {table.name} WHERE list_contains(?, template_id)", [gone])


def _waiting(lake: Lake, is_full: bool) -> pa.Table:
    """SPEAKERS of the templates to be read, in the order of their capture; a template without messages is left out."""
    with lake.read() as con:
        con.register("rules", _rules())
        given = {"rules": RULES_VERSION, "is_full": is_full}
        con.register("waiting", con.execute(_WAITING, given).to_arrow_table())
        con.register("present", con.execute(_PRESENT).to_arrow_table())
        query = f"FROM present UNION ALL BY NAME ({_NEXT}) ORDER BY captured_at, template_id"
        return con.execute(query).to_arrow_table().cast(SPEAKERS)


def _portions(waiting: pa.Table) -> Iterator[pa.Table]:
    for first in range(0, waiting.num_rows, PORTION_TEMPLATES):
        yield waiting.slice(first, PORTION_TEMPLATES)


def _conclude_portion(lake: Lake, portion: pa.Table, tables: Tables) -> tuple[Verdict, bool]:
    """Judge what was concluded and commit it unless it is held; the verdict, and whether any row differs."""
    _stage(lake.classifying, portion, tables)
    verdict = judge_conclusions(lake.classifying, lake.reports)
    interruption.check()
    has_changed = False
    with lake.write() as con:
        keep_verdict(con, verdict)
        if not verdict.is_held:
            has_changed = _replace(con, lake.classifying)
    return verdict, has_changed


def _stage(folder: Path, portion: pa.Table, tables: Tables) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for table in CONCLUSIONS:
        rows = tables[table.name].cast(table.schema).sort_by([(name, "ascending") for name in table.order])
        pq.write_table(rows, folder / f"{table.name}.parquet", compression="lz4")
    beside = {
        "asked": portion.select(["template_id"]),
        "rules": _rules(),
        "categories": pa.table({"category_code": [each.category_code for each in categories()]}),
    }
    for name, rows in beside.items():
        pq.write_table(rows, folder / f"{name}.parquet")


def _rules() -> pa.Table:
    rules = [rule for rule, _ in TEMPLATE_RULES]
    columns = {"rule_id": [rule.id for rule in rules], "rule_version": [rule.version for rule in rules]}
    return pa.table(columns | {"citation": [rule.citation for rule in rules]})


def _replace(con: duckdb.DuckDBPyConnection, folder: Path) -> bool:
    """Put the staged rows of templates in the place of theirs from before; note months in which that shows."""
    staged = {table.name: parquet(folder / f"{table.name}.parquet") for table in CONCLUSIONS}
    differing = " UNION ".join(f"SELECT template_id FROM (FROM {new} EXCEPT FROM {old})" for old, new in staged.items())
    changed = con.execute(differing).to_arrow_table()
    con.register("differing", changed)
    touched = con.execute(_CHANGED_MONTHS.format(changed="FROM differing")).fetchall()
    for old, new in staged.items():
        con.execute(f"DELETE FROM {old} WHERE template_id IN (SELECT template_id FROM {new})")
        con.execute(f"INSERT INTO {old} BY NAME FROM {new}")
    months.record(con, sorted({month for (month,) in touched} - set(months.dirty(con))), "changed", now())
    return changed.num_rows > 0
