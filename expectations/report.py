"""Reports: one self-contained page for each run of a gate, and a page that lists all runs.

Great Expectations' own Data Docs load some fifteen scripts and styles from other hosts, take four seconds and 4 MB a
run, and show queries instead of sentences. These pages are made from the same validation results; they need nothing
but themselves and hold no mail.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from expectations.batch import Batch
from expectations.page import page, table
from expectations.suite import CRITICAL, WARNING
from expectations.verdict import Outcome, shown_place

FOLDER = "gates"
SUMMARY = "verdict.json"
SHOWN_LOADS = 20


@dataclass(frozen=True)
class Run:
    """One run of one gate; `batch` is None for marts."""

    gate_run_id: str
    gate: str
    batch: Batch | None = None


def write_report(run: Run, outcomes: list[Outcome], at: datetime, reports: Path) -> str:
    """Write the page of the run and list it; the page's path below the reports folder."""
    folder = reports / FOLDER / run.gate_run_id
    folder.mkdir(parents=True)
    summary = _summary(run, outcomes, at)
    (folder / "index.html").write_text(_run_page(run, outcomes, summary), encoding="utf-8")
    part = folder / f"{SUMMARY}.part"
    part.write_text(json.dumps(summary), encoding="utf-8")
    os.replace(part, folder / SUMMARY)
    list_runs(reports)
    return f"{FOLDER}/{run.gate_run_id}/index.html"


def list_runs(reports: Path) -> None:
    """Write `gates/index.html` anew from the runs whose folders are there, newest first."""
    gates = reports / FOLDER
    gates.mkdir(parents=True, exist_ok=True)
    with _alone(gates):
        summaries = [json.loads(path.read_text("utf-8")) for path in sorted(gates.glob(f"*/{SUMMARY}"), reverse=True)]
        part = gates / "index.html.part"
        part.write_text(_index_page(summaries), encoding="utf-8")
        os.replace(part, gates / "index.html")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One writer at a time, or a slower one would put back a list without the faster one's run."""
    with (folder / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _summary(run: Run, outcomes: list[Outcome], at: datetime) -> dict[str, Any]:
    failed = [outcome.severity for outcome in outcomes if not outcome.is_success]
    return {
        "gate_run_id": run.gate_run_id,
        "gate": run.gate,
        "feed": run.batch.feed if run.batch else None,
        "load_date": run.batch.load_date.isoformat() if run.batch else None,
        "load_ids": list(run.batch.load_ids) if run.batch else [],
        "evaluated_at": at.isoformat(sep=" ", timespec="seconds"),
        "expectation_count": len(outcomes),
        CRITICAL: failed.count(CRITICAL),
        WARNING: failed.count(WARNING),
    }


def _state(summary: dict[str, Any]) -> tuple[str, str]:
    """The verdict in a word, and the mark that colours it."""
    if summary[CRITICAL]:
        return "held", CRITICAL
    return ("passed, flagged", WARNING) if summary[WARNING] else ("passed", "met")


def _badge(words: str, mark: str) -> str:
    return f'<span class="badge {mark}">{escape(words)}</span>'


def _title(summary: dict[str, Any]) -> str:
    if summary["feed"] is None:
        return summary["gate"]
    return f"{summary['feed']} {summary['load_date']}"


def _run_page(run: Run, outcomes: list[Outcome], summary: dict[str, Any]) -> str:
    facts = [
        ("gate", escape(summary["gate"])),
        ("evaluated", f"{escape(summary['evaluated_at'])} UTC"),
        (
            "expectations",
            f"{summary['expectation_count']}, of them not met {summary[CRITICAL]} critical, {summary[WARNING]} warning",
        ),
        ("run", f"<code>{escape(run.gate_run_id)}</code>"),
    ]
    if loads := summary["load_ids"]:
        more = f" and {len(loads) - SHOWN_LOADS:,} more" if len(loads) > SHOWN_LOADS else ""
        facts.append(("loads", ", ".join(f"<code>{escape(load)}</code>" for load in loads[:SHOWN_LOADS]) + more))
    failed = [outcome for outcome in outcomes if not outcome.is_success]
    met = [outcome for outcome in outcomes if outcome.is_success]
    body = "<dl>" + "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts) + "</dl>"
    if failed:
        body += "<h2>Not met</h2>" + _outcomes(sorted(failed, key=lambda outcome: outcome.severity))
    body += "<h2>Met</h2>" + _outcomes(met)
    body += '<p><a href="../index.html">All runs</a></p>'
    return page(_title(summary), _badge(*_state(summary)), body)


def _outcomes(outcomes: list[Outcome]) -> str:
    rows = []
    for outcome in outcomes:
        mark = "met" if outcome.is_success else outcome.severity
        count = "" if outcome.unexpected_count is None else f"{outcome.unexpected_count:,}"
        places = "".join(f"<li>{escape(shown_place(place))}</li>" for place in outcome.places)
        rows.append(
            (
                f"<code>{escape(outcome.expectation.table)}</code>",
                escape(outcome.expectation.name),
                escape(outcome.severity),
                _badge("met" if outcome.is_success else "not met", mark),
                count,
                f"<ul>{places}</ul>" if places else escape(outcome.observed),
            )
        )
    return table(("table", "expectation", "severity", "verdict", "rows", "seen"), rows)


def _index_page(summaries: list[dict[str, Any]]) -> str:
    rows = [
        (
            escape(summary["evaluated_at"]),
            escape(summary["gate"]),
            f'<a href="{escape(summary["gate_run_id"])}/index.html">{escape(_title(summary))}</a>',
            _badge(*_state(summary)),
            str(summary[CRITICAL]),
            str(summary[WARNING]),
        )
        for summary in summaries
    ]
    header = ("evaluated (UTC)", "gate", "judged", "verdict", "critical", "warning")
    return page("Gates", f'<span class="quiet">{len(rows):,} runs, newest first</span>', table(header, rows))
