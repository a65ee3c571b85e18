"""The charts of a report: plain rows in, drawings out. Every bar bears its number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import altair as alt

from transforms.monthly.differences import Contribution
from transforms.monthly.document import Chart
from transforms.monthly.drawing import drawn
from transforms.monthly.figures import count, named, signed
from transforms.monthly.palette import BLUE, GREY, INK, ORANGE, QUIET, SERIES, SKY, VERMILION

ROW = 18
"""Units of height of a bar with its space."""
CONFIDENCES = {"high": BLUE, "medium": SKY, "low": GREY}
KINDS = {"came": ORANGE, "grew": VERMILION, "fell": SKY, "went": BLUE}


def _data(rows: list[dict]) -> alt.Data:
    return alt.Data(values=rows)


def months_chart(months: Sequence[tuple[date, int]], month: date, marts: tuple[str, ...]) -> Chart:
    """Messages a month, the report's own marked."""
    rows = [{"month": f"{each:%Y-%m}", "n": n, "label": _short(n), "own": each == month} for each, n in months]
    base = alt.Chart(_data(rows)).encode(
        x=alt.X("month:O", title=None, sort=None, axis=alt.Axis(labelAngle=-90, ticks=False)),
        y=alt.Y("n:Q", title=None, axis=alt.Axis(tickCount=4, format="~s", domain=False, ticks=False)),
    )
    bars = base.mark_bar().encode(color=alt.condition("datum.own", alt.value(BLUE), alt.value(GREY)))
    labels = base.mark_text(dy=-6, fontSize=8, color=INK).encode(text="label:N")
    words = "; ".join(f"{named(each)} {count(n)}" for each, n in months)
    return drawn((bars + labels).properties(height=150), "Messages a month", f"{words}.", marts)


def days_chart(days: Sequence[tuple[date, str, int]], month: date, marts: tuple[str, ...]) -> Chart:
    """Messages a day, stacked by feed; feeds beyond six are one."""
    names = list(dict.fromkeys(feed for _, feed, _ in days))
    colours = {name: SERIES[n] if n < len(SERIES) else GREY for n, name in enumerate(names)}
    rows = [{"day": day.day, "feed": feed, "n": n} for day, feed, n in days]
    last = (month.replace(day=28) - month).days + 4
    axis = alt.Axis(values=[1, 5, 10, 15, 20, 25, 30], labelAngle=0, ticks=False)
    x = alt.X("day:O", title="day of the month", axis=axis, scale=alt.Scale(domain=list(range(1, last))))
    bars = (
        alt.Chart(_data(rows))
        .mark_bar()
        .encode(
            x=x,
            y=alt.Y("sum(n):Q", title=None, axis=alt.Axis(tickCount=4, format="~s", domain=False, ticks=False)),
            color=alt.Color("feed:N", scale=alt.Scale(domain=names, range=list(colours.values()))),
        )
    )
    totals = {day: sum(n for other, _, n in days if other == day) for day in sorted({day for day, _, _ in days})}
    sums = [{"day": day.day, "n": n, "label": f"{n:,}"} for day, n in totals.items()]
    place = {"angle": 270, "align": "left", "dx": 3, "fontSize": 8, "color": QUIET}
    labels = alt.Chart(_data(sums)).mark_text(**place).encode(x=x, y="n:Q", text="label:N")
    words = "; ".join(f"{day.day}: {count(n)}" for day, n in totals.items())
    return drawn((bars + labels).properties(height=150), "Messages a day, by feed", f"By day, {words}.", marts)


def categories_chart(rows: Sequence[tuple[str, int, int | None]], last: str, marts: tuple[str, ...]) -> Chart:
    """Messages by category, a bar each, with the month before as a stroke across it."""
    values = [{"name": name, "n": now, "before": before, "label": count(now)} for name, now, before in rows]
    most = max((max(now, before or 0) for _, now, before in rows), default=0)
    base = alt.Chart(_data(values)).encode(y=_names())
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
    base = alt.Chart(_data(values)).mark_bar()
    bars = base.encode(y=_names(), x=_amounts("n:Q", [0, most * 1.2]), color=colour, order="order:Q")
    labels = alt.Chart(_data(totals)).mark_text(align="left", dx=5).encode(y=_names(), x="n:Q", text="label:N")
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
    room = max(0.22 * (max(ends) - min(ends)), 1)
    domain = [min(ends) - room * (min(ends) < 0), max(ends) + room * (max(ends) > 0)]
    base = alt.Chart(_data(values)).encode(y=_names())
    colour = alt.Color(
        "kind:N", scale=alt.Scale(domain=list(KINDS), range=list(KINDS.values())), legend=alt.Legend(columns=4)
    )
    bars = base.mark_bar().encode(x=_amounts("n:Q", domain), color=colour)
    zero = alt.Chart(_data([{"n": 0}])).mark_rule(color=QUIET).encode(x="n:Q")
    right = base.transform_filter("datum.n >= 0").mark_text(align="left", dx=4).encode(x="n:Q", text="label:N")
    left = base.transform_filter("datum.n < 0").mark_text(align="right", dx=-4).encode(x="n:Q", text="label:N")
    words = "; ".join(f"{part.name} {part.kind}, {signed(part.difference)}" for part in parts)
    return drawn((bars + zero + right + left).properties(height=alt.Step(ROW)), title, f"{words}.", marts)


def _names() -> alt.Y:
    return alt.Y("name:N", title=None, sort=None, axis=alt.Axis(ticks=False, domain=False, labelColor=INK))


def _amounts(field: str, domain: list[float]) -> alt.X:
    return alt.X(field, title=None, axis=None, scale=alt.Scale(domain=domain if any(domain) else [0, 1], nice=False))


def _short(number: int) -> str:
    if number < 10_000:
        return f"{number:,}"
    return f"{number / 1e3:.1f}k" if number < 1_000_000 else f"{number / 1e6:.2f}M"
