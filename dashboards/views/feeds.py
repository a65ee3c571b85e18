"""Feeds and gates: what was to come and came, what was rejected or held, and what gates said."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboards import charts, figure, front, names, palette, reports, series
from dashboards.figure import section
from dashboards.filters import Choice
from dashboards.markup import Badge, mapped
from dashboards.night import Night
from dashboards.queries import feeds as asked
from dashboards.views.chosen import chosen

MOST_RUNS = 20
"""Runs of gates that the page writes out."""


def show(night: Night) -> None:
    """The page."""
    front.masthead(night, "Feeds and gates", "What each feed was to bring and brought, and what the gates said of it.")
    if choice := chosen(night):
        _feeds(night, choice)
        _health(night, choice)
        _trouble(night, choice)
        _gates(night, choice)
        _rejects(night, choice)
        _overlap(night, choice)


@section
def _feeds(night: Night, choice: Choice) -> None:
    table = night.ask(asked.FEEDS, **choice.values)
    columns = [
        ("Feed", "feed"),
        ("What it is", "description"),
        ("Comes by", "cadence"),
        ("Nightly", "is_enabled"),
        ("Files", "load_count"),
        ("Messages", "message_count"),
        ("First mail, UTC", "first_captured_at"),
        ("Newest mail, UTC", "last_captured_at"),
        ("Expected a day", "expected_daily_count"),
    ]
    figure.listing(night, asked.FEEDS, table, "Feeds", columns, table.to_pylist(), empty="No feed is known.")


@section
def _health(night: Night, choice: Choice) -> None:
    table = night.ask(asked.HEALTH, **choice.values)
    seen = set(table.column("status").to_pylist())
    colours = {name: colour for name, colour in palette.STATUS.items() if name in seen}
    figure.chart(
        night,
        asked.HEALTH,
        table,
        "Health of feeds by period",
        lambda: charts.health(table, colours),
        "The worst that is true of a period. Missing: no file was there. Late: it came after a pull had found none.",
    )


@section
def _trouble(night: Night, choice: Choice) -> None:
    table = night.ask(asked.TROUBLE, **choice.values)
    columns = [
        ("Period", "period"),
        ("Feed", "feed"),
        ("Status", "badge"),
        ("Expected", "expected_count"),
        ("Received", "received_count"),
        ("Held loads", "held_load_count"),
        ("Gate warnings", "gate_warning_count"),
    ]
    rows = mapped(table.to_pylist(), badge=lambda row: names.status(row["status"]))
    empty = "Every period is ok, and no gate warned."
    figure.listing(night, asked.TROUBLE, table, "Periods to look at", columns, rows, "The newest 100.", empty)


@section
def _gates(night: Night, choice: Choice) -> None:
    table = night.ask(asked.GATES, **choice.values)
    columns = [
        ("When, UTC", "evaluated_at"),
        ("Gate", "gate"),
        ("Feed", "feed"),
        ("Period", "period"),
        ("Verdict", "verdict"),
        ("Checks", "expectation_count"),
        ("Failed", "failed_expectations"),
        ("Held loads", "held_load_count"),
        ("Report", "report"),
    ]
    rows = mapped(table.slice(0, MOST_RUNS).to_pylist(), verdict=_verdict)
    remark = f"The newest {MOST_RUNS} runs; the downloads have 500. Reports lie in the lake's folder of reports."
    figure.listing(night, asked.GATES, table, "What the gates said", columns, rows, remark, "No gate has run.")
    _report(night.folder.parents[1], table.to_pylist())


def _verdict(row: dict) -> Badge:
    if row["critical_failure_count"]:
        return Badge(f"held, {row['critical_failure_count']} failed", palette.VERMILION)
    if row["warning_failure_count"]:
        return Badge(f"passed, {row['warning_failure_count']} warnings", palette.ORANGE)
    return Badge("passed", palette.GREEN)


def _report(lake: Path, runs: list[dict]) -> None:
    found = {row["gate_run_id"]: (row, path) for row in runs if (path := reports.find(lake, row["report"]))}
    if not found:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox("Report of a run", list(found), format_func=lambda key: _run(found[key][0]), width=420)
        path = found[chosen][1]
        st.download_button(
            "Download the report", path.read_bytes, f"gate-{path.parent.name}.html", "text/html", on_click="ignore"
        )


def _run(row: dict) -> str:
    words = (f"{row['evaluated_at']:%Y-%m-%d %H:%M}", row["gate"], row["feed"], row["period"])
    return " · ".join(str(word) for word in words if word)


@section
def _rejects(night: Night, choice: Choice) -> None:
    table = series.with_other(night.ask(asked.REJECTS, **choice.values), "reason")
    colours = series.colours(table, "reason")
    figure.chart(
        night,
        asked.REJECTS,
        table,
        "Rejects by month and reason",
        lambda: charts.stacked_months(table, "reason", colours, choice.months),
        "By the month that brought them; a duplicate is a redelivery of what counts already.",
    )


@section
def _overlap(night: Night, choice: Choice) -> None:
    table = night.ask(asked.OVERLAP, **choice.values)
    columns = [
        ("Month", "month"),
        ("Feed", "feed"),
        ("Campaigns", "campaign_count"),
        ("Seen by no other", "exclusive_campaign_count"),
        ("Messages", "message_count"),
        ("% of all campaigns", "coverage"),
        ("% only here", "exclusive"),
    ]
    remark = "Which campaigns one feed sees that the others do not."
    figure.listing(night, asked.OVERLAP, table, "What each feed adds", columns, table.to_pylist(), remark)
