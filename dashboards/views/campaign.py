"""One campaign: when it was sent, what its texts say, where it came from, what the law misses in it."""

from __future__ import annotations

import streamlit as st

from dashboards import charts, figure, front, markup, names, palette
from dashboards.figure import section
from dashboards.markup import Link, mapped
from dashboards.night import Night
from dashboards.queries import campaigns as asked
from dashboards.query import TablesMissing

_PLURAL = ("messages", "message")


def present(night: Night, wanted: str) -> str | None:
    """The present id of a campaign that was ever called so; None when there is none."""
    try:
        found = night.ask(asked.PRESENT, id=wanted).to_pylist()
    except TablesMissing:
        found = []
    known = found[0]["campaign_id"] if found else wanted
    return known if night.ask(asked.ONE, id=known).num_rows else None


def show(night: Night, campaign_id: str) -> None:
    """The page."""
    one = night.ask(asked.ONE, id=campaign_id).to_pylist()[0]
    front.masthead(night, f"Campaign {campaign_id}", one["subject"] or "Without a subject.")
    st.html(f"<p>{markup.shown(Link('campaigns', '', '', 'All campaigns'))}</p>")
    _facts(one)
    _timeline(night, campaign_id)
    _texts(night, campaign_id)
    left, right = st.columns(2, gap="medium")
    with left:
        _origins(night, campaign_id)
    with right:
        _systems(night, campaign_id)
    _members(night, campaign_id)
    _findings(night, campaign_id)
    _former(night, campaign_id)


def _facts(one: dict) -> None:
    confidence = f"confidence {one['category_confidence']:.2f}" if one["category_confidence"] is not None else ""
    st.html(
        markup.figures(
            [
                ("Messages", one["message_count"], f"on {one['active_day_count']:,} days"),
                ("Category", one["category"], confidence),
                ("State", one["state"], f"last seen {one['last_seen_at']:%Y-%m-%d}"),
                ("Distinct texts", one["template_count"], ", ".join(one["scripts"] or [])),
                ("Ring", names.ring(one["ring_id"]), "" if one["ring_id"] else "shares nothing rare"),
                ("Links to", one["top_domain"], "most of its messages"),
            ]
        )
    )


@section
def _timeline(night: Night, campaign_id: str) -> None:
    table = night.ask(asked.DAYS, id=campaign_id)
    feeds = palette.colours(sorted(set(table.column("feed").to_pylist())))
    figure.chart(
        night,
        asked.DAYS,
        table,
        "Messages by day",
        lambda: charts.stacked_days(table, "feed", feeds),
        "By feed; days in UTC.",
    )


@section
def _texts(night: Night, campaign_id: str) -> None:
    table = night.ask(asked.TEMPLATES, id=campaign_id)
    columns = [
        ("Rank", "template_rank"),
        ("Messages", "message_count"),
        ("First seen", "first_seen_date"),
        ("Last seen", "last_seen_date"),
        ("In the campaign by", "why"),
        ("Subject", "subject"),
    ]
    rows = mapped(table.to_pylist(), why=_why)
    remark = "The ten most sent. Text of spam, links broken: do not follow them."
    figure.listing(night, asked.TEMPLATES, table, "Texts", columns, rows, remark, "No text is kept of it.")
    st.html("".join(markup.details(_title(row), markup.block(row["excerpt"] or "(no text)")) for row in rows))


def _title(row: dict) -> str:
    return f"Text {row['template_rank']}, of {row['message_count']:,} {_PLURAL[row['message_count'] == 1]}"


def _why(row: dict) -> str:
    reason = names.METHODS.get(row["method"], row["method"])
    share = f" ({100 * row['similarity']:.0f} % of its word pairs)" if row["similarity"] is not None else ""
    return f"{reason}{share}" + (f": {row['evidence']}" if row["evidence"] else "")


@section
def _origins(night: Night, campaign_id: str) -> None:
    table = night.ask(asked.ORIGINS, id=campaign_id)
    figure.chart(
        night,
        asked.ORIGINS,
        table,
        "Countries of origin",
        lambda: charts.ranked(table, "country", palette.BLUE),
        "Where its messages entered the network.",
    )


@section
def _systems(night: Night, campaign_id: str) -> None:
    table = night.ask(asked.SYSTEMS, id=campaign_id)
    columns = [("AS", "number"), ("Name", "as_name"), ("Country", "country_code"), ("Messages", "message_count")]
    rows = mapped(table.to_pylist(), number=lambda row: f"AS{row['asn']}")
    empty = "No autonomous system is known: give the lake a table of networks (docs/networks.md)."
    figure.listing(night, asked.SYSTEMS, table, "Autonomous systems", columns, rows, empty=empty)


@section
def _members(night: Night, campaign_id: str) -> None:
    table = night.ask(asked.MEMBERS, id=campaign_id)
    columns = [
        ("Month", "month"),
        ("Messages", "message_count"),
        ("% of all spam", "percent"),
        ("Texts", "template_count"),
        ("Domains", "domain_count"),
        ("Origin addresses", "origin_ip_count"),
        ("Trap addresses", "trap_address_count"),
        ("Feeds", "feeds"),
    ]
    figure.listing(night, asked.MEMBERS, table, "Members by month", columns, table.to_pylist())


@section
def _findings(night: Night, campaign_id: str) -> None:
    table = night.ask(asked.FINDINGS, id=campaign_id)
    columns = [
        ("Rule", "rule_id"),
        ("About", "title"),
        ("Provision", "citation"),
        ("Verdict", "badge"),
        ("Messages", "message_count"),
        ("Strong", "strong_message_count"),
        ("Because", "reason"),
    ]
    rows = mapped(table.to_pylist(), badge=lambda row: names.verdict(row["verdict"]))
    remark = "Indicators for a court to judge, and nothing more (docs/compliance.md)."
    figure.listing(night, asked.FINDINGS, table, "Compliance", columns, rows, remark, "No rule was asked of it yet.")


@section
def _former(night: Night, campaign_id: str) -> None:
    former = night.ask(asked.FORMER, id=campaign_id).column("former").to_pylist()
    if former:
        st.html(markup.heading("Ids that it took over", 3, ", ".join(former)))
