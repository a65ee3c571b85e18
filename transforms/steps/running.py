"""A whole run: every enabled feed, every period of a range, then the marts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from transforms import interruption, steps
from transforms.catalogue import Feed, feed_named, load_catalogue
from transforms.clock import now
from transforms.fetch import SourceUnreachable
from transforms.settings import Settings


class NothingDue(Exception):
    """The range of days, or the catalogue, leaves nothing to be done; the message names the remedy."""


@dataclass
class RunReport:
    """What a run did: `periods` (feed, load_date, summary of each step), what failed, and what was published."""

    periods: list[tuple[str, date, dict]] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    unreachable: list[str] = field(default_factory=list)
    grouped: dict = field(default_factory=dict)
    concluded: dict = field(default_factory=dict)
    built: dict = field(default_factory=dict)
    published: dict = field(default_factory=dict)
    reported: dict = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """0 done, 1 a gate held something, 3 a source could not be reached."""
        stations = (self.grouped, self.concluded, self.published)
        if self.held or any(done.get("is_held") for done in stations):
            return 1
        return 3 if self.unreachable else 0


def due(settings: Settings, first: date, last: date, name: str | None = None) -> list[tuple[Feed, date]]:
    """Feeds and periods of a range, by date: all enabled feeds, or the named one whether enabled or not.

    Raises NothingDue when there are none, and for days that are still to come: each would be noted as missing.
    """
    today = now().date()
    if first > last:
        raise NothingDue(f"--from {first} lies after --to {last}; turn them round")
    if last > today:
        raise NothingDue(f"{last} is still to come; give days up to today, {today} UTC")
    feeds = load_catalogue(settings.feeds)
    chosen = [feed_named(feeds, name, settings.feeds)] if name else [feed for feed in feeds.values() if feed.enabled]
    if not chosen:
        raise NothingDue(f"{settings.feeds}: no feed is enabled; enable one there, or name one with --feed")
    pairs = [(feed, period.load_date) for feed in chosen for period in feed.periods(first, last)]
    return sorted(pairs, key=lambda pair: (pair[1], pair[0].name))


def run(
    settings: Settings,
    work: list[tuple[Feed, date]],
    progress: Callable[[str], None] = lambda _: None,
    report: RunReport | None = None,
) -> RunReport:
    """Land, parse, gate and commit each feed and period, then group, conclude, build, publish and report.

    `progress(text)` is told what begins. A source that cannot be reached, or a load that a gate holds, is noted and
    does not stop the others; campaigns, rings or conclusions that a gate holds leave the marts as they were. A `report`
    that is given is filled as the run goes on, for one that fails on its way.
    """
    report = report or RunReport()
    for feed, load_date in work:
        summary = _run_period(settings, feed.name, load_date, report, progress)
        report.periods.append((feed.name, load_date, summary))
    report.grouped = steps.group(settings, progress=progress)
    interruption.check()
    if report.grouped["is_held"]:
        return report
    report.concluded = steps.conclude(settings, progress=progress)
    interruption.check()
    if report.concluded["is_held"]:
        return report
    progress("build the marts")
    report.built = steps.build(settings)
    interruption.check()
    progress("judge and publish the marts")
    report.published = steps.publish(settings)
    interruption.check()
    if not report.published["is_held"]:
        progress("write the reports of closed months")
        report.reported = steps.report(settings)
        interruption.check()
    return report


def _run_period(settings: Settings, feed: str, load_date: date, report: RunReport, progress) -> dict:
    summary: dict = {}
    progress(f"{feed} {load_date}: land")
    try:
        summary["land"] = steps.land(settings, feed, load_date)
    except SourceUnreachable as failure:
        report.unreachable.append(f"{feed} {load_date}: {failure}")
    for name in ("parse", "gate", "commit"):
        interruption.check()
        progress(f"{feed} {load_date}: {name}")
        summary[name] = getattr(steps, name)(settings, feed, load_date)
    interruption.check()
    if held := summary["commit"]["held"]:
        report.held += held
        report.reports += summary["commit"]["reports"]
    return summary
