"""Charts: one look, one palette. Text in them is drawn, never read as markup; their data travels with the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pyarrow as pa

HEIGHT = 320
_COUNT = alt.Axis(title=None, format="~s", tickCount=5)
_LABEL = 170


def stacked_months(table: pa.Table, series: str, colours: Mapping[str, str], months: Sequence[str]) -> alt.Chart:
    """Bars of `message_count` over all `months`, stacked by `series`; those that are not `is_final` are lighter."""
    rank = {name: place for place, name in enumerate(colours)}
    order = pa.array([rank.get(name, len(rank)) for name in table.column(series).to_pylist()], pa.int64())
    return (
        alt.Chart(table.append_column("rank", order), height=HEIGHT)
        .mark_bar()
        .encode(
            x=_months(months),
            y=alt.Y("message_count:Q", axis=_COUNT, stack="zero"),
            color=_coloured(series, colours),
            order=alt.Order("rank:Q"),
            opacity=alt.condition("datum.is_final", alt.value(1), alt.value(0.55)),
            tooltip=[
                alt.Tooltip("month:N", title="Month"),
                alt.Tooltip(f"{series}:N", title="Of"),
                alt.Tooltip("message_count:Q", title="Messages", format=","),
            ],
        )
    )


def lines_months(
    table: pa.Table, value: str, series: str, colours: Mapping[str, str], months: Sequence[str]
) -> alt.Chart:
    """Lines of `value` by `month`, one a `series`, with a point a month so that a lone month shows."""
    return (
        alt.Chart(table, height=HEIGHT)
        .mark_line(point=alt.OverlayMarkDef(size=45, filled=True))
        .encode(
            x=_months(months),
            y=alt.Y(f"{value}:Q", axis=alt.Axis(title=None, tickCount=5)),
            color=_coloured(series, colours),
            tooltip=[
                alt.Tooltip("month:N", title="Month"),
                alt.Tooltip(f"{series}:N", title="Of"),
                alt.Tooltip(f"{value}:Q", title="Value", format=",.1f"),
            ],
        )
    )


def stacked_days(table: pa.Table, series: str, colours: Mapping[str, str]) -> alt.Chart:
    """Bars of `message_count` by `captured_date` (ISO dates, UTC), stacked by `series`."""
    return (
        alt.Chart(table, height=260)
        .mark_bar()
        .encode(
            x=alt.X(
                "captured_date:T",
                timeUnit="utcyearmonthdate",
                scale=alt.Scale(type="utc"),
                axis=alt.Axis(title=None, grid=False, labelOverlap=True, format="%Y-%m-%d", tickCount=5),
            ),
            y=alt.Y("message_count:Q", axis=_COUNT, stack="zero"),
            color=_coloured(series, colours),
            tooltip=[
                alt.Tooltip("captured_date:N", title="Day"),
                alt.Tooltip(f"{series}:N", title="Feed"),
                alt.Tooltip("message_count:Q", title="Messages", format=","),
            ],
        )
    )


def ranked(table: pa.Table, label: str, colour: str) -> alt.Chart:
    """Horizontal bars of `message_count` by `label`, the largest on top."""
    return (
        alt.Chart(table, height=alt.Step(24))
        .mark_bar(color=colour)
        .encode(
            x=alt.X("message_count:Q", axis=_COUNT),
            y=alt.Y(f"{label}:N", sort=None, axis=alt.Axis(title=None, labelLimit=_LABEL)),
            tooltip=[
                alt.Tooltip(f"{label}:N", title="From"),
                alt.Tooltip("message_count:Q", format=",", title="Messages"),
            ],
        )
    )


def shares(table: pa.Table, label: str, series: str, colours: Mapping[str, str]) -> alt.Chart:
    """Horizontal bars of equal length by `label`: what share of `message_count` each `series` has."""
    rank = {name: place for place, name in enumerate(colours)}
    order = pa.array([rank.get(name, len(rank)) for name in table.column(series).to_pylist()], pa.int64())
    return (
        alt.Chart(table.append_column("rank", order), height=alt.Step(24))
        .mark_bar()
        .encode(
            x=alt.X("message_count:Q", stack="normalize", axis=alt.Axis(title=None, format="%", tickCount=5)),
            y=alt.Y(f"{label}:N", sort=None, axis=alt.Axis(title=None, labelLimit=_LABEL)),
            color=_coloured(series, colours, columns=2),
            order=alt.Order("rank:Q"),
            tooltip=[
                alt.Tooltip(f"{label}:N", title="Rule"),
                alt.Tooltip(f"{series}:N", title="Verdict"),
                alt.Tooltip("message_count:Q", title="Messages", format=","),
            ],
        )
    )


def health(table: pa.Table, colours: Mapping[str, str]) -> alt.Chart:
    """A mark for each period of each feed from `load_date` to `until_date`, coloured and named by `status`."""
    day = alt.Axis(title=None, format="%Y-%m-%d", labelOverlap=True, grid=False, tickCount=5)
    return (
        alt.Chart(table, height=alt.Step(36))
        .mark_bar(height=20)
        .encode(
            x=alt.X("load_date:T", scale=alt.Scale(type="utc"), axis=day),
            x2="until_date:T",
            y=alt.Y("feed:N", axis=alt.Axis(title=None, labelLimit=_LABEL)),
            color=_coloured("status", colours),
            tooltip=[
                alt.Tooltip("feed:N", title="Feed"),
                alt.Tooltip("load_date:N", title="Period"),
                alt.Tooltip("status:N", title="Status"),
                alt.Tooltip("received_count:Q", title="Received", format=","),
                alt.Tooltip("expected_count:Q", title="Expected", format=","),
            ],
        )
    )


def network(nodes: pa.Table, edges: pa.Table, colours: Mapping[str, str]) -> alt.LayerChart:
    """A ring: numbered campaigns where `layout` put them, their numbers in `ink`; a line for each pair, thicker the
    more they share.
    """
    plain = alt.Axis(labels=False, ticks=False, grid=False, domain=False, title=None)
    scale = alt.Scale(domain=[-1.15, 1.15])
    x, y = (alt.X("x:Q", axis=plain, scale=scale), alt.Y("y:Q", axis=plain, scale=scale))
    lines = (
        alt.Chart(edges)
        .mark_rule(color="#8C8C8C", opacity=0.6)
        .encode(
            x=x,
            y=y,
            x2="x2:Q",
            y2="y2:Q",
            strokeWidth=alt.StrokeWidth("weight:Q", scale=alt.Scale(range=[1, 6]), legend=None),
            tooltip=[alt.Tooltip("pair:N", title="Campaigns"), alt.Tooltip("shared:N", title="Share")],
        )
    )
    points = (
        alt.Chart(nodes)
        .mark_circle(opacity=1)
        .encode(
            x=x,
            y=y,
            size=alt.Size("message_count:Q", scale=alt.Scale(range=[350, 1500]), legend=None),
            color=_coloured("category", colours),
            tooltip=[
                alt.Tooltip("number:N", title="No."),
                alt.Tooltip("campaign_id:N", title="Campaign"),
                alt.Tooltip("subject:N", title="Subject"),
                alt.Tooltip("message_count:Q", title="Messages", format=","),
            ],
        )
    )
    numbers = (
        alt.Chart(nodes)
        .mark_text(fontSize=12, fontWeight="bold")
        .encode(x=x, y=y, text="number:N", color=alt.Color("ink:N", scale=None))
    )
    return alt.layer(lines, points, numbers).properties(height=420).resolve_scale(color="independent")


def _months(months: Sequence[str]) -> alt.X:
    return alt.X(
        "month:O", scale=alt.Scale(domain=list(months)), axis=alt.Axis(title=None, labelAngle=0, labelOverlap="greedy")
    )


def _coloured(field: str, colours: Mapping[str, str], columns: int = 3) -> alt.Color:
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    legend = alt.Legend(orient="bottom", title=None, columns=columns, labelLimit=150)
    return alt.Color(f"{field}:N", scale=scale, legend=legend)
