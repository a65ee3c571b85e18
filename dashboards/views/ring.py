"""One ring: what ties its campaigns, its volume, and its compliance sheet."""

from __future__ import annotations

import pyarrow as pa
import streamlit as st

from dashboards import charts, figure, front, layout, markup, names, palette
from dashboards.figure import section
from dashboards.markup import Link, mapped
from dashboards.night import Night
from dashboards.queries import rings as asked

MOST_LINKS, MOST_CAMPAIGNS = 25, 40
"""Rows that the page writes out; the downloads have all."""
OF_THE_RING = ("T1", "E1")
"""Rules that have one verdict for a whole ring."""


def show(night: Night, ring_id: str) -> None:
    """The page."""
    one = night.ask(asked.ONE, id=ring_id).to_pylist()[0]
    span = f"Seen {one['first_seen_at']:%Y-%m-%d} to {one['last_seen_at']:%Y-%m-%d}."
    front.masthead(night, f"Ring {ring_id}", span)
    st.html(f"<p>{markup.shown(Link('rings', '', '', 'All rings'))}</p>")
    st.html(
        markup.figures(
            [
                ("Messages", one["message_count"], ""),
                ("Campaigns", one["campaign_count"], ""),
                ("Links", one["link_count"], "shared indicators"),
                ("Feeds", one["feed_count"], "that saw it"),
            ]
        )
    )
    _graph(night, ring_id)
    _volume(night, ring_id)
    _sheet(night, ring_id)
    _links(night, ring_id)


@section
def _graph(night: Night, ring_id: str) -> None:
    campaigns = night.ask(asked.CAMPAIGNS, id=ring_id)
    numbered = [{**row, "number": n} for n, row in enumerate(campaigns.to_pylist(), 1)]
    try:
        _drawing(night, numbered, night.ask(asked.LINKS, id=ring_id))
    except figure.TablesMissing as lacks:
        figure.missing(lacks)
    columns = [
        ("No.", "number"),
        ("Campaign", "id"),
        ("Subject", "subject"),
        ("Category", "category"),
        ("State", "state"),
        ("Messages", "message_count"),
        ("First seen", "first_seen"),
        ("Last seen", "last_seen"),
        ("Top domain", "top_domain"),
    ]
    rows = mapped(numbered[:MOST_CAMPAIGNS], id=lambda row: names.campaign(row["campaign_id"]))
    remark = _first_of(len(rows), len(numbered))
    figure.listing(night, asked.CAMPAIGNS, campaigns, "Its campaigns", columns, rows, remark)


def _drawing(night: Night, campaigns: list[dict], links: pa.Table) -> None:
    pairs = paired(links.to_pylist())
    every = [(one, other, weight) for (one, other), (weight, _) in pairs.items()]
    shown, edges = layout.strongest(every, [row["campaign_id"] for row in campaigns])
    places = layout.place(shown, edges)
    colours = palette.colours([*palette.leading(_count(row["category"] for row in campaigns)), palette.OTHER])
    nodes = [_node(row, places[row["campaign_id"]], colours) for row in campaigns if row["campaign_id"] in places]
    lines = [_line(edge, places, {row["campaign_id"]: row["number"] for row in nodes}, pairs) for edge in edges]
    drawn = {name: colour for name, colour in colours.items() if any(row["category"] == name for row in nodes)}
    figure.chart(
        night,
        asked.LINKS,
        links,
        "What ties its campaigns",
        lambda: charts.network(pa.Table.from_pylist(nodes), pa.Table.from_pylist(lines), drawn),
        _left_out(len(campaigns) - len(shown), len(every) - len(edges)),
    )


def _node(row: dict, at: tuple[float, float], colours: dict[str, str]) -> dict:
    category = row["category"] if row["category"] in colours else palette.OTHER
    return {**row, "x": at[0], "y": at[1], "category": category, "ink": palette.ink(colours[category])}


def paired(links: list[dict]) -> dict[tuple[str, str], tuple[float, str]]:
    """For each pair of campaigns: the summed weight of what they share, and its kinds in words."""
    found: dict[tuple[str, str], list] = {}
    for row in links:
        pair = tuple(sorted((row["campaign_id"], row["other_campaign_id"])))
        held = found.setdefault(pair, [0.0, {}])
        held[0] += row["weight"]
        held[1][names.kind(row["kind"])] = None
    return {pair: (weight, ", ".join(kinds)) for pair, (weight, kinds) in found.items()}


def _line(edge: layout.Edge, places: dict, numbers: dict[str, int], pairs: dict) -> dict:
    one, other, weight = edge
    (x, y), (x2, y2) = places[one], places[other]
    pair = f"{numbers[one]} and {numbers[other]}"
    return {"x": x, "y": y, "x2": x2, "y2": y2, "weight": weight, "pair": pair, "shared": pairs[one, other][1]}


def _left_out(campaigns: int, pairs: int) -> str:
    said = "Numbers are those of the campaigns below; thicker lines share more."
    left = [f"{campaigns} campaigns"] * (campaigns > 0) + [f"{pairs} weaker pairs"] * (pairs > 0)
    return f"{said} Left out, so that it can be read: {' and '.join(left)}." if left else said


def _count(values) -> dict[str, int]:
    counted: dict[str, int] = {}
    for value in values:
        counted[value] = counted.get(value, 0) + 1
    return counted


@section
def _links(night: Night, ring_id: str) -> None:
    table = night.ask(asked.LINKS, id=ring_id)
    columns = [
        ("Campaign", "one"),
        ("And", "other"),
        ("Share", "what"),
        ("Value", "value"),
        ("Weight", "heavy"),
        ("Held by", "campaign_count"),
        ("First seen", "first"),
        ("Last seen", "last"),
    ]
    rows = mapped(
        table.slice(0, MOST_LINKS).to_pylist(),
        one=lambda row: names.campaign(row["campaign_id"]),
        other=lambda row: names.campaign(row["other_campaign_id"]),
        what=lambda row: names.kind(row["kind"]),
        heavy=lambda row: f"{row['weight']:.2f}",
        first=lambda row: row["first_seen_at"].date(),
        last=lambda row: row["last_seen_at"].date(),
    )
    remark = "Why two campaigns are one ring's: the rarer the value and the more telling its kind, the heavier. "
    remark += _first_of(len(rows), table.num_rows)
    figure.listing(night, asked.LINKS, table, "Links and their reasons", columns, rows, remark)


def _first_of(shown: int, every: int) -> str:
    return f"The first {shown} of {every:,}; the downloads have all." if shown < every else ""


@section
def _volume(night: Night, ring_id: str) -> None:
    table = night.ask(asked.MONTHS, id=ring_id)
    months = table.column("month").to_pylist()
    figure.chart(
        night,
        asked.MONTHS,
        table,
        "Its messages by month",
        lambda: charts.stacked_months(table, "series", {"This ring": palette.BLUE}, months),
        "Lighter bars: the month is still open.",
    )


@section
def _sheet(night: Night, ring_id: str) -> None:
    table = night.ask(asked.SHEET, id=ring_id)
    remark = (
        "What each requirement of the law finds in its messages: indicators for a court to judge, and nothing more. "
        "T1 and E1 are asked of the ring as a whole."
    )
    verdicts = spread(table.to_pylist())
    figure.chart(
        night,
        asked.SHEET,
        table,
        "Compliance sheet",
        lambda: charts.shares(verdicts, "rule", "verdict", palette.VERDICTS),
        remark,
    )
    columns = [
        ("Rule", "rule_id"),
        ("About", "title"),
        ("Provision", "citation"),
        ("Strong", "strong_indicator_count"),
        ("Indicator", "indicator_count"),
        ("Pass", "pass_count"),
        ("Not applicable", "not_applicable_count"),
        ("Not determinable", "not_determinable_count"),
        ("Because, mostly", "reason"),
    ]
    if table.num_rows:
        st.html(markup.table(columns, table.to_pylist(), "Compliance sheet", "cards"))


def spread(rows: list[dict]) -> pa.Table:
    """A ring's sheet with a row for each verdict that has messages, of each rule that is asked of them."""
    fields = [(verdict, f"{verdict.replace(' ', '_')}_count") for verdict in palette.VERDICTS]
    found = [
        {"rule": f"{row['rule_id']} {row['title'] or ''}".strip(), "verdict": verdict, "message_count": row[field]}
        for row in rows
        for verdict, field in fields
        if row[field] and row["rule_id"] not in OF_THE_RING
    ]
    schema = pa.schema([("rule", pa.string()), ("verdict", pa.string()), ("message_count", pa.int64())])
    return pa.Table.from_pylist(found, schema)
