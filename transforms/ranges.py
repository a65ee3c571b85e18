"""The commands over a range of days: `run`, and `land`, `parse` and `gate` alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from transforms import console, interruption, steps
from transforms.clock import now
from transforms.fetch import SourceUnreachable
from transforms.lake import Lake
from transforms.settings import Settings
from transforms.status import judged_warnings
from transforms.steps import running


def run(settings: Settings, first: date, last: date, feed: str | None) -> int:
    """Every station over a range of days; what was done is shown, even if a later step fails."""
    work = running.due(settings, first, last, feed)
    report, since = running.RunReport(), now()
    try:
        with _steps_bar(len(work) + 1) as begin:
            running.run(settings, work, begin, report)
    except Exception:
        if report.periods and not interruption.is_asked():
            _show_periods(report)
            _show_troubles(settings, report)
        raise
    _show_periods(report)
    console.say(f"months rebuilt: {', '.join(month[:7] for month in report.built['months']) or 'none'}")
    if pages := report.reported.get("reports"):
        console.say(
            f"reports of closed months: {short([Path(page).name for page in pages])}, in {Path(pages[0]).parent}"
        )
    console.tables(judged_warnings(Lake(settings.lake), since))
    _show_troubles(settings, report)
    return report.exit_code


def _show_periods(report: running.RunReport) -> None:
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


def _show_troubles(settings: Settings, report: running.RunReport) -> None:
    for failure in report.unreachable:
        console.complain("unreachable", failure)
    reports = Lake(settings.lake).reports
    for load_id in report.held:
        console.complain("held", f"{load_id}: see {reports}/gates/index.html")
    if report.published.get("is_held"):
        console.complain("held", f"the marts: see {reports / report.published['report']}; readers see the last night")


def each(settings: Settings, verb: str, first: date, last: date, feed: str | None, **extra) -> int:
    """One verb over every feed and period of a range; `gate` commits what passed. Only `land` makes a lake."""
    if verb != "land":
        Lake(settings.lake).must_exist()
    codes = {0}
    work = running.due(settings, first, last, feed)
    with _steps_bar(len(work)) as begin:
        for one, load_date in work:
            begin(f"{one.name} {load_date}: {verb}")
            try:
                summary = getattr(steps, verb)(settings, one.name, load_date, **extra)
            except SourceUnreachable as failure:
                console.complain("unreachable", f"{one.name} {load_date}: {failure}")
                codes.add(3)
                continue
            interruption.check()
            if verb == "gate":
                summary = steps.commit(settings, one.name, load_date)
                codes.add(1 if summary["held"] else 0)
            done = ", ".join(f"{key} {short(value)}" for key, value in summary.items())
            console.say(f"{one.name} {load_date}: {done}")
    return max(codes)


def short(value: object) -> str:
    """A part of a step's summary in words."""
    if isinstance(value, dict):
        return " ".join(f"{count} {name}" for name, count in value.items()) or "nothing"
    return " ".join(map(str, value)) or "none" if isinstance(value, list) else str(value)


@contextmanager
def _steps_bar(total: int) -> Iterator[Callable[[str], None]]:
    """A bar over the periods of a range: yields a function that is told what begins, as `<period>: <verb>`."""
    columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console.err, transient=True) as bar:
        task, periods = bar.add_task("", total=total), set()

        def begin(text: str) -> None:
            periods.add(text.rpartition(":")[0])
            bar.update(task, completed=len(periods) - 1, description=text)

        yield begin
