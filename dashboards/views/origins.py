"""Origins: where mail entered the network, and how sure that is."""

from __future__ import annotations

import streamlit as st

from dashboards import charts, figure, front, markup, palette
from dashboards.figure import section
from dashboards.filters import Choice
from dashboards.markup import mapped
from dashboards.night import Night
from dashboards.queries import origins as asked
from dashboards.views.chosen import chosen


def show(night: Night) -> None:
    """The page."""
    front.masthead(night, "Origins", "The address that handed each message to the first host that is believed.")
    if not (choice := chosen(night, with_feed=False)):
        return
    _key_figures(night, choice)
    left, right = st.columns(2, gap="medium")
    with left:
        _countries(night, choice)
    with right:
        _systems(night, choice)
    _confidence(night, choice)
    _months(night, choice)


@section
def _key_figures(night: Night, choice: Choice) -> None:
    known = night.ask(asked.KNOWN, **choice.values).to_pylist()[0]
    if known["messages"] and not known["placed"]:
        remedy = "Give the lake a table of networks: spamledger networks FILE (docs/networks.md)."
        st.html(markup.notice("partial", f"No country or system is known. {remedy}"))
    st.html(
        markup.figures(
            [
                ("Messages", known["messages"], f"{choice.first} to {choice.last}"),
                ("Country known", known["placed"], _share(known["placed"], known["messages"])),
                ("Sure of the origin", known["sure"], _share(known["sure"], known["messages"])),
                ("Countries", known["countries"], f"{known['systems']:,} autonomous systems"),
            ]
        )
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} % of them" if whole else ""


@section
def _countries(night: Night, choice: Choice) -> None:
    table = night.ask(asked.COUNTRIES, **choice.values)
    figure.chart(
        night,
        asked.COUNTRIES,
        table,
        "Countries",
        lambda: charts.ranked(table, "country", palette.BLUE),
        "The first 15.",
    )


@section
def _systems(night: Night, choice: Choice) -> None:
    table = night.ask(asked.SYSTEMS, **choice.values)
    figure.chart(
        night,
        asked.SYSTEMS,
        table,
        "Autonomous systems",
        lambda: charts.ranked(table, "matched_on", palette.GREEN),
        "The first 15 that are known.",
    )


@section
def _confidence(night: Night, choice: Choice) -> None:
    table = night.ask(asked.CONFIDENCE, **choice.values)
    remark = (
        "High: a trusted host wrote the address. Medium: one that is the feed's own by name. Low: nobody trusted did."
    )
    figure.chart(
        night,
        asked.CONFIDENCE,
        table,
        "How sure the origins are",
        lambda: charts.stacked_months(table, "origin_confidence", palette.CONFIDENCE, choice.months),
        remark,
    )


@section
def _months(night: Night, choice: Choice) -> None:
    table = night.ask(asked.MONTHS, **choice.values)
    columns = [
        ("Month", "month"),
        ("Country", "country_code"),
        ("AS", "number"),
        ("Name", "as_name"),
        ("Confidence", "origin_confidence"),
        ("Messages", "message_count"),
        ("% of month", "percent"),
        ("Addresses", "address_count"),
        ("Campaigns", "campaign_count"),
        ("Rings", "ring_count"),
    ]
    rows = mapped(table.to_pylist(), number=lambda row: f"AS{row['asn']}" if row["asn"] is not None else None)
    figure.listing(night, asked.MONTHS, table, "Largest origins", columns, rows, "The first 200 by messages.")
