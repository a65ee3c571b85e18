"""How old what is shown is, and what about it is not final."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

STALE_AFTER = timedelta(hours=36)
"""Age of a publication above which a night was missed."""
CAPTURE_LAG = timedelta(days=3)
"""Days that the newest mail may lie behind the publication before that is said."""


@dataclass(frozen=True)
class Notice:
    """Something that a reader must know before he believes a figure: a word for its kind, and a sentence."""

    kind: str
    text: str


def notices(
    published_at: datetime, now: datetime, newest: date | None, open_months: list[str], held: list[tuple[str, str, int]]
) -> list[Notice]:
    """What is to be said of a publication, the gravest first; `held` gives feed, period and number of held loads.

    Times are UTC without zone.
    """
    found = [_held(held)] if held else []
    if now - published_at > STALE_AFTER:
        found.append(Notice("stale", f"Published {age(now - published_at)} ago: the nights since have not come."))
    if newest is None:
        found.append(Notice("empty", "No message has been captured yet: the figures below are empty, not zero spam."))
    elif published_at.date() - newest > CAPTURE_LAG:
        days = (published_at.date() - newest).days
        found.append(Notice("stale", f"The newest mail is of {newest}, {days:,} days before this night."))
    if open_months:
        found.append(Notice("partial", f"Still open, figures may grow: {_listed(open_months)}."))
    return found


def _held(held: list[tuple[str, str, int]]) -> Notice:
    count = sum(number for *_, number in held)
    named = _listed([f"{feed} {period}" for feed, period, _ in held])
    return Notice(
        "held", f"{count} {'load is' if count == 1 else 'loads are'} held by a gate and not counted: {named}."
    )


def _listed(names: list[str], most: int = 4) -> str:
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def age(span: timedelta) -> str:
    """A span in the unit that tells it best: `50 minutes`, `40 hours`, `12 days`."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 72 * 60 else f"{minutes // 1440:,} days"
