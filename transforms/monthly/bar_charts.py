"""Charts of parts: categories, origins, differences; every bar with its number."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from transforms.monthly.differences import Contribution
from transforms.monthly.document import Chart
from transforms.monthly.drawing import drawn
from transforms.monthly.figures import count, signed
from transforms.monthly.palette import BLUE, GREY, INK, ORANGE, QUIET, SKY, VERMILION

ROW = 18
"""Units of height of a bar with its space."""
LETTER = 6.6
"""Units of width of a letter of a name."""
CONFIDENCES = {"high": BLUE, "medium": SKY, "low": GREY}
KINDS = {"came": ORANGE, "grew": VERMILION, "fell": SKY, "went": BLUE}


def categories_chart(rows: Sequence[tuple[str, int, int | None]], last: str, marts: tuple[str, ...]) -> Chart:
    """Messages by category, a bar each, with the month before as a stroke across it."""
    values = [{"name": name, "n": now, "before": before, "label": count(now)} for name, now, before in rows]
    most = max((max(now, before or 0) for _, now, before in rows), default=0)
    base = alt.Chart(alt.Data(values=values)).encode(y=_names([name for name, *_ in rows]))
    bars = base.mark_bar(color=BLUE).encode(x=_amounts("n:Q", [0, most * 1.2]))
    marks = (
        base.transform_filter("isValid(datum.before)").mark_tick(color=INK, thickness=2, size=14).encode(x="before:Q")
    )
    labels = base.transform_calculate(end="max(datum.n, datum.before || 0)").mark_text(align="left", dx=5)
    words = "; ".join(f"{name} {count(now)}, {last} {count(before)}" for name, now, before in rows)
    drawing = bars + marks + labels.encode(x="end:Q", text="label:N")
    title = f"By category; the stroke is {last}" if any(before is not None for *_, before in rows) else "By category"
    return drawn(drawing.properties(height=alt.Step(ROW)), title, f"{words}.", marts)


def origins_chart(rows: Sequence[tuple[str, dict[str, int]]], title: str, marts: tuple[str, ...]) -> Chart:
    """Messages by place, stacked by how sure the origin is."""
    values = [
        {"name": name, "sure": sure, "n": n, "order": order}
        for name, counts in rows
        for order, (sure, n) in enumerate(counts.items())
    ]
    totals = [{"name": name, "n": sum(counts.values()), "label": count(sum(counts.values()))} for name, counts in rows]
    most = max((each["n"] for each in totals), default=0)
    colour = alt.Color("sure:N", scale=alt.Scale(domain=list(CONFIDENCES), range=list(CONFIDENCES.values())))
    base = alt.Chart(alt.Data(values=values)).mark_bar()
    bars = base.encode(
        y=_names([name for name, *_ in rows]), x=_amounts("n:Q", [0, most * 1.2]), color=colour, order="order:Q"
    )
    labels = (
        alt.Chart(alt.Data(values=totals))
        .mark_text(align="left", dx=5)
        .encode(y=_names([name for name, *_ in rows]), x="n:Q", text="label:N")
    )
    words = "; ".join(
        f"{name} " + ", ".join(f"{count(n)} {sure}" for sure, n in counts.items()) for name, counts in rows
    )
    return drawn((bars + labels).properties(height=alt.Step(ROW)), title, f"By confidence: {words}.", marts)


def changes_chart(parts: Sequence[Contribution], title: str, marts: tuple[str, ...]) -> Chart:
    """What added to the difference (to the right) and took from it (to the left)."""
    values = [
        {"name": part.name, "n": part.difference, "kind": part.kind, "label": signed(part.difference)} for part in parts
    ]
    ends = [0, *(part.difference for part in parts)]
    room = max(0.28 * (max(ends) - min(ends)), 1)
    domain = [min(ends) - room * (min(ends) < 0), max(ends) + room * (max(ends) > 0)]
    base = alt.Chart(alt.Data(values=values)).encode(y=_names([part.name for part in parts]))
    colour = alt.Color(
        "kind:N", scale=alt.Scale(domain=list(KINDS), range=list(KINDS.values())), legend=alt.Legend(columns=4)
    )
    bars = base.mark_bar().encode(x=_amounts("n:Q", domain), color=colour)
    zero = alt.Chart(alt.Data(values=[{"n": 0}])).mark_rule(color=QUIET).encode(x="n:Q")
    right = base.transform_filter("datum.n >= 0").mark_text(align="left", dx=4).encode(x="n:Q", text="label:N")
    left = base.transform_filter("datum.n < 0").mark_text(align="right", dx=-4).encode(x="n:Q", text="label:N")
    words = "; ".join(f"{part.name} {part.kind}, {signed(part.difference)}" for part in parts)
    return drawn((bars + zero + right + left).properties(height=alt.Step(ROW)), title, f"{words}.", marts)


def _names(names: Sequence[str]) -> alt.Y:
    """Rows in the order of the data, with as much room as their names take in the widest of usual fonts."""
    room = min(max(map(len, names), default=0) * LETTER, 140)
    axis = alt.Axis(ticks=False, domain=False, labelColor=INK, minExtent=room)
    return alt.Y("name:N", title=None, sort=None, axis=axis)


def _amounts(field: str, domain: list[float]) -> alt.X:
    return alt.X(field, title=None, axis=None, scale=alt.Scale(domain=domain if any(domain) else [0, 1], nice=False))
