"""What each command does with the steps: progress while they run, findings when they end, an exit code."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from transforms import console, steps
from transforms.fetch import SourceUnreachable
from transforms.lake import Lake
from transforms.reading import NotAQuery, published_tables, query
from transforms.settings import Settings
from transforms.steps import running
from transforms.steps.documenting import document
from transforms.steps.releasing import release as release_load
from transforms.steps.verifying import verify as verify_lake


def run(settings: Settings, first: date, last: date, feed: str | None) -> int:
    """Every station over a range of days."""
    work = running.due(settings, first, last, feed)
    if not work:
        console.err.print("nothing is due: no enabled feed in the catalogue; enable one, or name it with --feed")
        return 2
    with _steps_bar(len(work) + 1) as (advance, _):
        report = running.run(settings, work, advance)
    _show_run(settings, report)
    return report.exit_code


def _show_run(settings: Settings, report: running.RunReport) -> None:
    columns = ("feed", "period", "files", "found", "parsed", "rejected", "held")
    rows = [
        (
            feed,
            day,
            ", ".join(f"{count} {outcome}" for outcome, count in summary.get("land", {}).get("outcomes", {}).items()),
            *(summary["parse"][key] for key in ("found", "parsed", "rejected")),
            len(summary["commit"]["held"]),
        )
        for feed, day, summary in report.periods
    ]
    console.table("", columns, rows)
    months = report.built["months"]
    console.out.print(f"months rebuilt: {', '.join(month[:7] for month in months) or 'none'}")
    for failure in report.unreachable:
        console.complain("unreachable", failure)
    reports = Lake(settings.lake).reports
    for load_id in report.held:
        console.complain("held", f"{load_id}: see {reports}/gates/index.html")
    if report.published["is_held"]:
        console.complain("held", f"the marts: see {reports / report.published['report']}; readers see the last night")


def each(settings: Settings, verb: str, first: date, last: date, feed: str | None, **extra) -> int:
    """One verb over every feed and period of a range; `gate` commits what passed."""
    codes = {0}
    work = running.due(settings, first, last, feed)
    with _steps_bar(len(work)) as (advance, show):
        for one, load_date in work:
            advance(f"{one.name} {load_date}: {verb}")
            try:
                summary = getattr(steps, verb)(settings, one.name, load_date, **extra)
            except SourceUnreachable as failure:
                console.complain("unreachable", f"{one.name} {load_date}: {failure}")
                codes.add(3)
                continue
            if verb == "gate":
                summary = steps.commit(settings, one.name, load_date)
                codes.add(1 if summary["held"] else 0)
            show(f"{one.name} {load_date}: " + ", ".join(f"{key} {_short(value)}" for key, value in summary.items()))
    return max(codes)


def _short(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(f"{count} {name}" for name, count in value.items()) or "nothing"
    return " ".join(map(str, value)) or "none" if isinstance(value, list) else str(value)


def build(settings: Settings) -> int:
    """The marts of the months that changed."""
    with console.err.status("dbt builds the marts"):
        built = steps.build(settings)
    console.out.print(f"months rebuilt: {_short(built['months'])}; closed: {_short(built['closed'])}")
    return 0


def publish(settings: Settings) -> int:
    """The marts, judged and swapped in."""
    with console.err.status("the marts are judged"):
        published = steps.publish(settings)
    if published["is_held"]:
        console.complain("held", f"see {settings.lake}/reports/{published['report']}; readers see the last night")
        return 1
    console.out.print(f"readers see snapshot {published['snapshot_id']}")
    return 0


def release(settings: Settings, load_id: str, because: str) -> int:
    """A held load, committed by decision."""
    released = release_load(settings, load_id, because)
    console.out.print(f"committed {_short(released['published'])}; run `spamledger build` and `publish` to show it")
    return 0


def maintain(settings: Settings) -> int:
    """Compaction and expiry."""
    done = steps.maintain(settings)
    console.out.print(", ".join(f"{count} {what}" for what, count in done.items()))
    return 0


def docs(settings: Settings) -> int:
    """The page that describes the marts."""
    with console.err.status("dbt describes the marts"):
        page = document(settings)
    console.out.print(str(page), highlight=False, soft_wrap=True)
    return 0


def up(settings: Settings, folder: Path) -> int:
    """Airflow, until Ctrl-C."""
    from transforms.operate.nights import up as run_airflow

    run_airflow(settings, folder, console.err)
    return 0


def verify(settings: Settings) -> int:
    """The audit of the lake."""
    with Progress(TextColumn("hash"), BarColumn(), DownloadColumn(), console=console.err, transient=True) as bar:
        task = bar.add_task("", total=None)
        audit = verify_lake(settings, lambda done, total: bar.update(task, completed=done, total=total))
    for note in audit["notes"]:
        console.complain("note", note, "yellow")
    for finding in audit["findings"]:
        console.complain("wrong", finding)
    verdict = "does not add up" if audit["findings"] else "every landed byte is accounted for"
    console.out.print(
        f"{audit['load_count']} loads, {audit['file_bytes']:,} bytes, {audit['message_count']:,} messages: {verdict}"
    )
    return 1 if audit["findings"] else 0


def sql(settings: Settings, text: str, form: str) -> int:
    """One query on what is published."""
    if form not in list(console.Format):
        console.err.print(f"--format {form}: choose one of {', '.join(console.Format)}")
        return 2
    with published_tables(Lake(settings.lake)) as con:
        try:
            console.result(query(con, text), console.Format(form))
        except (duckdb.Error, NotAQuery) as failure:
            console.complain("refused:", failure)
            return 2
    return 0


def status(settings: Settings) -> int:
    """Feeds, months, held loads, and what readers see; 1 when something is held."""
    from transforms.status import overview

    seen = overview(settings)
    for title, columns, rows in seen.tables:
        console.table(title, columns, rows)
    for line in seen.lines:
        console.out.print(line, highlight=False, soft_wrap=True)
    return 1 if seen.has_held else 0


def simulate(out: Path, name: str, seed: int, messages: int | None) -> int:
    """Synthetic feeds, with progress by message."""
    from transforms.simulate import SCENARIOS
    from transforms.simulate import simulate as write_feeds

    if name not in SCENARIOS or (messages is not None and name == "year"):
        console.err.print(f"--scenario is one of {', '.join(SCENARIOS)}; --messages goes with all but year")
        return 2
    scenario = SCENARIOS[name](seed, **({} if messages is None else {"message_count": messages}))
    with Progress(
        SpinnerColumn(), TextColumn("{task.completed:,.0f} messages"), TimeElapsedColumn(), console=console.err
    ) as bar:
        task = bar.add_task("", total=None)
        summary = write_feeds(scenario, out, lambda more: bar.advance(task, more))
    console.out.print(
        f"{summary.message_count:,} messages in {summary.file_count} files; feeds: {summary.feeds_file}",
        highlight=False,
    )
    return 0


class _steps_bar:
    """A bar over the periods of a run: yields a function that says what begins, and one that prints a line."""

    def __init__(self, total: int):
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        self._bar = Progress(*columns, console=console.err, transient=True)
        self._task = self._bar.add_task("", total=total)
        self._period = None

    def __enter__(self):
        self._bar.__enter__()
        return self._begin, lambda line: self._bar.console.print(line, highlight=False, markup=False)

    def __exit__(self, *failure) -> None:
        self._bar.__exit__(*failure)

    def _begin(self, text: str) -> None:
        period = text.rpartition(":")[0]
        if self._period not in (None, period):
            self._bar.advance(self._task)
        self._period = period
        self._bar.update(self._task, description=text)
