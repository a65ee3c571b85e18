"""The gates: suites run by Great Expectations over one in-memory DuckDB, their verdicts and reports.

The only module that imports great_expectations, and only once a gate is opened: the import takes some seconds.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from expectations.batch import Batch
from expectations.concluded import CONCLUDED, between_concluded
from expectations.duckdb_dialect import connection_string
from expectations.grouped import PORTION, RINGS, Staged, between_portion, between_rings
from expectations.marts import add_mart_views, mart_suites
from expectations.origins import ORIGINS, between_origins
from expectations.report import Run, write_report
from expectations.rows import open_rows
from expectations.staged import add_staged_views, is_whole, staged_suites
from expectations.suite import Expectation, NoRows, Suite
from expectations.verdict import Outcome, Verdict
from transforms.clock import now
from transforms.identity import new_id

PLACES = 10
"""Rows that a report names for an expectation that they broke."""


def judge_staged(staging: Path, batch: Batch, reports: Path) -> Verdict:
    """Judge the staged rows of the batch's loads: folders `<table>/*.parquet`, `loads` among them.

    Whatever is wrong with the files or the rows is a verdict. Writes a report below `reports`.
    """
    run = Run(new_id(), "staged", batch)
    with open_rows(run.gate_run_id) as rows:
        add_staged_views(rows, staging, batch.load_ids)
        outcomes = list(_judge(rows.database, staged_suites(batch, rows.readable, is_whole(rows, batch))))
    return _verdict(run, outcomes, reports)


def judge_portion(staging: Path, reports: Path) -> Verdict:
    """Judge what grouping found out about a portion of messages: `<table>.parquet`, and what they are held against."""
    return _judge_grouped(PORTION, between_portion(), "campaigns", staging, reports)


def judge_rings(staging: Path, reports: Path) -> Verdict:
    """Judge the rings, and the links that they are made of, against all campaigns."""
    return _judge_grouped(RINGS, between_rings(), "rings", staging, reports)


def judge_origins(staging: Path, reports: Path) -> Verdict:
    """Judge the origins of a portion of messages against the messages that were captured."""
    return _judge_grouped(ORIGINS, between_origins(), "origins", staging, reports)


def judge_conclusions(staging: Path, reports: Path) -> Verdict:
    """Judge what was concluded about a portion of templates, against the rules and categories that there are."""
    return _judge_grouped(CONCLUDED, between_concluded(), "conclusions", staging, reports)


def _judge_grouped(
    staged: Staged, between: dict[str, list[NoRows]], gate: str, staging: Path, reports: Path
) -> Verdict:
    run = Run(new_id(), gate)
    with open_rows(run.gate_run_id) as rows:
        staged.add_views(rows, staging)
        outcomes = list(_judge(rows.database, list(staged.suites(rows.readable, between))))
    return _verdict(run, outcomes, reports)


def judge_marts(candidates: Path, reports: Path) -> Verdict:
    """Judge candidate marts, `<mart>.parquet`, against each other and against `message_totals.parquet`."""
    run = Run(new_id(), "marts")
    with open_rows(run.gate_run_id) as rows:
        add_mart_views(rows, candidates)
        outcomes = list(_judge(rows.database, list(mart_suites(rows))))
    return _verdict(run, outcomes, reports)


def _verdict(run: Run, outcomes: list[Outcome], reports: Path) -> Verdict:
    at = now()
    report = write_report(run, outcomes, at, reports)
    batch = run.batch
    about = {
        "gate_run_id": run.gate_run_id,
        "gate": run.gate,
        "feed": batch.feed if batch else None,
        "load_date": batch.load_date if batch else None,
        "load_ids": ",".join(batch.load_ids) if batch else None,
    }
    results = [about | _row(outcome) | {"report": report, "evaluated_at": at} for outcome in outcomes]
    return Verdict(results, report)


def _row(outcome: Outcome) -> dict[str, Any]:
    return {
        "table_name": outcome.expectation.table,
        "expectation": outcome.expectation.name,
        "severity": outcome.severity,
        "is_success": outcome.is_success,
        "unexpected_count": outcome.unexpected_count,
        "observed": outcome.observed,
    }


def _judge(database: str, suites: Iterable[Suite]) -> Iterator[Outcome]:
    """Run the suites in one context and yield the outcome of every expectation in them."""
    context = _great_expectations().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_sql("rows", connection_string=connection_string(database))
    try:
        for suite in suites:
            result = _definition(context, source, suite).run(result_format="COMPLETE")
            yield from map(_outcome, suite.expectations, _in_order(suite, result))
    finally:
        source.get_engine().dispose()
        source.get_execution_engine().close()


def _definition(context: Any, source: Any, suite: Suite) -> Any:
    gx = _great_expectations()
    asset = source.add_table_asset(suite.view, table_name=suite.view)
    expectations = [_expectation(each, place) for place, each in enumerate(suite.expectations)]
    return context.validation_definitions.add(
        gx.ValidationDefinition(
            name=suite.view,
            data=asset.add_batch_definition_whole_table("all rows"),
            suite=context.suites.add(gx.ExpectationSuite(name=suite.view, expectations=expectations)),
        )
    )


def _expectation(expectation: Expectation, place: int) -> Any:
    gx = _great_expectations()
    about = {"description": expectation.name, "severity": expectation.severity, "meta": {"place": place}}
    if isinstance(expectation, NoRows):
        counted = (
            f"SELECT *, count(*) OVER () AS row_count FROM ({_escaped(expectation.query)}) ORDER BY ALL LIMIT {PLACES}"
        )
        return _no_rows()(unexpected_rows_query=counted, **about)
    bounds = {"min_value": expectation.minimum, "max_value": expectation.maximum}
    return gx.expectations.ExpectTableRowCountToBeBetween(**bounds, **about)


def _escaped(query: str) -> str:
    """Braces but for `{batch}`, and colons, would be taken for parameters on the way to DuckDB."""
    doubled = query.replace("{", "{{").replace("}", "}}").replace("{{batch}}", "{batch}")
    return doubled.replace(":", r"\:")


def _in_order(suite: Suite, result: Any) -> list[Any]:
    """The results in the order of the suite's expectations; Great Expectations keeps an order of its own."""
    in_order = sorted(result.results, key=lambda each: each.expectation_config.meta["place"])
    if len(in_order) != len(suite.expectations):
        raise RuntimeError(f"suite {suite.view}: {len(suite.expectations)} expectations, {len(in_order)} results")
    return in_order


def _outcome(expectation: Expectation, result: Any) -> Outcome:
    seen = result.result
    if "observed_value" not in seen:
        return Outcome(expectation, is_success=False, is_judged=False)
    places = seen.get("details", {}).get("unexpected_rows", [])
    return Outcome(expectation, bool(result.success), count=seen["observed_value"], places=places)


@cache
def _great_expectations() -> Any:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations

    return great_expectations


@cache
def _no_rows() -> Any:
    """The library's expectation for queries, but one query for rows and count together instead of one for each."""
    import great_expectations.expectations as gxe

    class ExpectNoRows(gxe.UnexpectedRowsExpectation):
        metric_dependencies = ("unexpected_rows_query.table",)

        def _validate(self, metrics: dict, runtime_configuration: Any = None, execution_engine: Any = None) -> dict:
            rows = metrics["unexpected_rows_query.table"]
            count = rows[0]["row_count"] if rows else 0
            places = [{name: row[name] for name in row if name != "row_count"} for row in rows]
            return {"success": not rows, "result": {"observed_value": count, "details": {"unexpected_rows": places}}}

    return ExpectNoRows
