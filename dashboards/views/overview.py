"""Overview: volume by month and category, what changed, how each month stands."""

from __future__ import annotations

import streamlit as st

from dashboards import charts, figure, front, markup, names, palette, series
from dashboards.figure import section
from dashboards.filters import Choice
from dashboards.markup import mapped
from dashboards.night import Night
from dashboards.queries import overview as asked
from dashboards.queries import status
from dashboards.views.chosen import chosen

_LIGHT = "Lighter bars: the month is still open."


def show(night: Night) -> None:
    """The page."""
    front.masthead(night, "Spam by month", "What the feeds captured, by kind, and what changed last.")
    if choice := chosen(night):
        _key_figures(night, choice)
        _volume(night, choice)
        _categories(night, choice)
        _changes(night, choice)
        _rate(night, choice)
        _months(night)


@section
def _key_figures(night: Night, choice: Choice) -> None:
    rows = night.ask(asked.VOLUME, **choice.values).to_pylist()
    campaigns = night.ask(asked.CAMPAIGN_COUNT, **choice.values).to_pylist()[0]["campaigns"]
    rings = night.ask(asked.RING_COUNT, **choice.values).to_pylist()[0]["rings"]
    st.html(
        markup.figures(
            [
                (
                    "Messages, all months shown",
                    sum(r["message_count"] for r in rows),
                    f"{choice.first} to {choice.last}",
                ),
                (f"Messages in {choice.last}", *compared(rows, choice.last)),
                (f"Campaigns in {choice.last}", campaigns, "with a message in the month"),
                (f"Rings in {choice.last}", rings, "over all feeds"),
            ]
        )
    )


@section
def _volume(night: Night, choice: Choice) -> None:
    table = night.ask(asked.VOLUME, **choice.values)
    colours = palette.colours(sorted(set(table.column("feed").to_pylist())))
    remark = _feeds_differ(table.to_pylist(), choice) or _LIGHT
    figure.chart(
        night,
        asked.VOLUME,
        table,
        "Messages by month and feed",
        lambda: charts.stacked_months(table, "feed", colours, choice.months),
        remark,
    )


@section
def _categories(night: Night, choice: Choice) -> None:
    table = series.with_other(night.ask(asked.CATEGORIES, **choice.values), "category")
    colours = series.colours(table, "category")
    remark = "What the text of each message sells. Delivery reports and messages that say nothing are not in it."
    figure.chart(
        night,
        asked.CATEGORIES,
        table,
        "Messages by month and category",
        lambda: charts.stacked_months(table, "category", colours, choice.months),
        remark,
    )


def _changes(night: Night, choice: Choice) -> None:
    st.html(markup.heading(f"What changed in {choice.last}", 2, "Against the month before."))
    left, right = st.columns(2, gap="medium")
    with left:
        _moved(night, choice)
    with right:
        _arrived(night, choice)
        _silent(night, choice)


@section
def _moved(night: Night, choice: Choice) -> None:
    table = night.ask(asked.MOVED, **choice.values)
    columns = [("Category", "category"), ("Before", "before_count"), ("Now", "now_count"), ("Change", "signed")]
    rows = mapped(table.to_pylist(), signed=lambda row: f"{row['change']:+,}")
    remark, empty = "In feeds with mail in both months.", "No feed has mail in both months."
    figure.listing(night, asked.MOVED, table, "Largest moves by category", columns, rows, remark, empty)


@section
def _arrived(night: Night, choice: Choice) -> None:
    table = night.ask(asked.ARRIVED, **choice.values)
    columns = [("Campaign", "id"), ("Subject", "subject"), ("Messages", "message_count")]
    rows = mapped(table.to_pylist(), id=lambda row: names.campaign(row["campaign_id"]))
    empty = "No campaign was seen for the first time."
    figure.listing(night, asked.ARRIVED, table, "Largest new campaigns", columns, rows, empty=empty)


@section
def _silent(night: Night, choice: Choice) -> None:
    table = night.ask(asked.SILENT, **choice.values)
    columns = [("Ring", "id"), ("Messages before", "before_count"), ("Last seen", "last_seen")]
    rows = mapped(table.to_pylist(), id=lambda row: names.ring(row["ring_id"]))
    empty = "Every ring of the month before was seen again."
    figure.listing(night, asked.SILENT, table, "Rings that fell silent", columns, rows, "Over all feeds.", empty)


@section
def _rate(night: Night, choice: Choice) -> None:
    table = night.ask(asked.VOLUME, **choice.values)
    colours = palette.colours(sorted(set(table.column("feed").to_pylist())))
    figure.chart(
        night,
        asked.VOLUME,
        table,
        "Messages per trap address",
        lambda: charts.lines_months(table, "messages_per_trap_address", "feed", colours, choice.months),
        "The fair comparison: by the addresses that took mail in the month.",
    )


@section
def _months(night: Night) -> None:
    table = night.ask(status.MONTHS)
    columns = [
        ("Month", "month"),
        ("State", "month_state"),
        ("Edition", "revision"),
        ("Closed, UTC", "closed_at"),
        ("Changed last, UTC", "last_changed_at"),
        ("Feeds", "feed_count"),
        ("Messages", "message_count"),
    ]
    remark = "Closed months are final; open ones may grow; a reopened one had late mail after its closing."
    figure.listing(night, status.MONTHS, table, "How each month stands", columns, table.to_pylist(), remark)


def compared(rows: list[dict], month: str) -> tuple[int, str]:
    """Messages of a month, and the change on the month before in the feeds that have mail in both: like with like."""
    now, before = (
        {row["feed"]: row["message_count"] for row in rows if row["month"] == each}
        for each in (month, _month_before(month))
    )
    both = now.keys() & before.keys()
    if not sum(before[feed] for feed in both):
        return sum(now.values()), "no month before to compare with"
    change = names.change(sum(now[feed] for feed in both), sum(before[feed] for feed in both))
    change += " so far" * any(row["month"] == month and not row["is_final"] for row in rows)
    return sum(now.values()), change if both == now.keys() == before.keys() else f"{', '.join(sorted(both))}: {change}"


def _month_before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year - 1}-12" if number == 1 else f"{year}-{number - 1:02}"


def _feeds_differ(rows: list[dict], choice: Choice) -> str:
    """The warning that months of different feeds are not alike."""
    by_month: dict[str, set[str]] = {}
    for row in rows:
        by_month.setdefault(row["month"], set()).add(row["feed"])
    every = set().union(*by_month.values()) if by_month else set()
    partly = sorted(feed for feed in every if any(feed not in feeds for feeds in by_month.values()))
    if choice.feed or not partly:
        return ""
    return (
        f"Not every feed has mail in every month ({', '.join(partly[:4])}): choose one feed to compare like with like."
    )
