"""Rings: a list, and a page for each."""

from __future__ import annotations

import streamlit as st

from dashboards import charts, figure, filters, front, markup, names, series
from dashboards.figure import section
from dashboards.filters import Choice
from dashboards.markup import mapped
from dashboards.night import Night
from dashboards.queries import rings as asked
from dashboards.text import fanged
from dashboards.views import ring
from dashboards.views.chosen import chosen


def show(night: Night) -> None:
    """The list, or the ring that the URL names."""
    wanted = filters.asked("ring")
    try:
        if wanted and night.ask(asked.ONE, id=wanted).num_rows:
            return ring.show(night, wanted)
        return _list(night, wanted)
    except figure.TablesMissing as lacks:
        return figure.missing(lacks)


def _list(night: Night, unknown: str | None) -> None:
    front.masthead(night, "Rings", "Campaigns that rare indicators tie together.")
    if unknown:
        st.html(markup.notice("missing", f"No ring {unknown} in this night. All of them:"))
    if choice := chosen(night, with_feed=False):
        _volume(night, choice)
        words = filters.search("Search", "ring, domain, telephone number", "find")
        _found(night, choice, fanged(words))


@section
def _volume(night: Night, choice: Choice) -> None:
    table = series.with_other(night.ask(asked.VOLUME, **choice.values), "ring_id")
    colours = series.colours(table, "ring_id")
    figure.chart(
        night,
        asked.VOLUME,
        table,
        "Messages of rings by month",
        lambda: charts.stacked_months(table, "ring_id", colours, choice.months),
        "The six largest; the others together. Lighter bars: the month is still open.",
    )


@section
def _found(night: Night, choice: Choice, words: str) -> None:
    table = night.ask(asked.LIST, words=words, **choice.values)
    columns = [
        ("Ring", "id"),
        ("Messages", "messages"),
        ("Campaigns", "campaign_count"),
        ("Links", "link_count"),
        ("Feeds", "feed_count"),
        ("First seen", "first"),
        ("Last seen", "last"),
        ("Most telling", "evidence"),
    ]
    rows = mapped(
        table.to_pylist(),
        id=lambda row: names.ring(row["ring_id"]),
        first=lambda row: row["first_seen_at"].date(),
        last=lambda row: row["last_seen_at"].date(),
        evidence=lambda row: [each.replace("_", " ") for each in row["evidence"][:3]],
    )
    figure.listing(night, asked.LIST, table, "Rings found", columns, rows, empty="No ring fits.")
