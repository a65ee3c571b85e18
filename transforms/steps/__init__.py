"""The verbs of the pipeline, called by the DAGs and the command line alike.

Each takes `Settings`, does one station's work for one feed and period (or for the whole lake), may be repeated at
will, and returns a small summary that fits into JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import Any

from transforms.settings import Settings

Summary = dict[str, Any]


def land(settings: Settings, feed: str, load_date: date) -> Summary:
    """Pull the feed's files for the period; see `transforms.steps.landing`."""
    from transforms.steps.landing import land as step

    return step(settings, feed, load_date)


def parse(
    settings: Settings, feed: str, load_date: date, again: bool = False, without: Collection[str] = ()
) -> Summary:
    """Turn landed bytes into staged rows; see `transforms.steps.parsing`."""
    from transforms.steps.parsing import parse as step

    return step(settings, feed, load_date, again, without)


def gate(settings: Settings, feed: str, load_date: date) -> Summary:
    """Judge the staged rows; see `transforms.steps.gating`."""
    from transforms.steps.gating import gate as step

    return step(settings, feed, load_date)


def commit(settings: Settings, feed: str, load_date: date) -> Summary:
    """Commit what passed and hold what did not; see `transforms.steps.committing`."""
    from transforms.steps.committing import commit as step

    return step(settings, feed, load_date)


def group(settings: Settings, is_full: bool = False, progress: Callable[[str], None] = lambda _: None) -> Summary:
    """Put committed messages into campaigns, and campaigns into rings; see `transforms.steps.grouping`."""
    from transforms.steps.grouping import group as step

    return step(settings, is_full, progress)


def conclude(settings: Settings, is_full: bool = False, progress: Callable[[str], None] = lambda _: None) -> Summary:
    """Conclude what the rules of today say about templates; see `transforms.steps.concluding`."""
    from transforms.steps.concluding import conclude as step

    return step(settings, is_full, progress)


def build(settings: Settings, as_of: date | None = None, is_full: bool = False) -> Summary:
    """Rebuild the marts of the months that changed; see `transforms.steps.building`."""
    from transforms.steps.building import build as step

    return step(settings, as_of, is_full)


def publish(settings: Settings) -> Summary:
    """Judge the marts and show them to readers, whole; see `transforms.steps.publishing`."""
    from transforms.steps.publishing import publish as step

    return step(settings)


def report(settings: Settings, month: date | None = None, out: Path | None = None) -> Summary:
    """Write the reports of months that closed, or of one that is named; see `transforms.steps.reporting`."""
    from transforms.steps.reporting import report as step

    return step(settings, month, out)


def maintain(settings: Settings) -> Summary:
    """Compact small files and expire old snapshots; see `transforms.steps.maintaining`."""
    from transforms.steps.maintaining import maintain as step

    return step(settings)
