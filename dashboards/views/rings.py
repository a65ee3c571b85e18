"""Rings: a list, and a page for each."""

from __future__ import annotations

import pyarrow as pa
import streamlit as st

from dashboards import charts, figure, filters, front, markup, names, palette
from dashboards.figure import section
from dashboards.filters import Choice
from dashboards.markup import mapped
from dashboards.night import Night
from dashboards.queries import rings as asked
from dashboards.text import fanged
from dashboards.views import ring


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
    choice = filters.choose(night, with_feed=False)
    if choice is None:
        return st.html(markup.notice("empty", "No month holds a message yet."))
    _volume(night, choice)
    words = filters.search("Search", "ring, domain, telephone number", "find")
    return _found(night, choice, fanged(words))


@section
def _volume(night: Night, choice: Choice) -> None:
    table = _six_largest(night.ask(asked.VOLUME, **choice.values))
    totals = dict.fromkeys(table.column("ring_id").to_pylist(), 0)
    for row in table.to_pylist():
        totals[row["ring_id"]] += row["message_count"]
    leading = [name for name in palette.leading(totals, 7) if name != palette.OTHER]
    colours = palette.colours([*leading, *([palette.OTHER] if palette.OTHER in totals else [])])
    figure.chart(
        night,
        asked.VOLUME,
        table,
        "Messages of rings by month",
        lambda: charts.stacked_months(table, "ring_id", colours, choice.months),
        "The six largest; the others together. Lighter bars: the month is still open.",
    )


def _six_largest(table: pa.Table) -> pa.Table:
    from dashboards.views.overview import with_other

    return with_other(table, "ring_id")


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
