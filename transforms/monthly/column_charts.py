"""Charts over time: messages by month and by day, every column with its number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import altair as alt

from transforms.monthly.document import Chart
from transforms.monthly.drawing import drawn
from transforms.monthly.figures import count, named
from transforms.monthly.palette import BLUE, GREY, INK, QUIET, SERIES


def months_chart(months: Sequence[tuple[date, int]], month: date, marts: tuple[str, ...]) -> Chart:
    """Messages a month, the report's own marked."""
    rows = [{"month": f"{each:%Y-%m}", "n": n, "label": _short(n), "own": each == month} for each, n in months]
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("month:O", title=None, sort=None, axis=alt.Axis(labelAngle=-90, ticks=False)),
        y=_amount("n:Q", 1.12 * max(n for _, n in months)),
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
    totals = {day: sum(n for other, _, n in days if other == day) for day in sorted({day for day, _, _ in days})}
    last = (month.replace(day=28) - month).days + 4
    axis = alt.Axis(values=[1, 5, 10, 15, 20, 25, 30], labelAngle=0, ticks=False)
    x = alt.X("day:O", title="day of the month", axis=axis, scale=alt.Scale(domain=list(range(1, last))))
    bars = (
        alt.Chart(alt.Data(values=rows))
        .mark_bar()
        .encode(
            x=x,
            y=_amount("sum(n):Q", 1.3 * max(totals.values())),
            color=alt.Color("feed:N", scale=alt.Scale(domain=names, range=list(colours.values()))),
        )
    )
    sums = [{"day": day.day, "n": n, "label": f"{n:,}"} for day, n in totals.items()]
    place = {"angle": 270, "align": "left", "dx": 3, "fontSize": 8, "color": QUIET}
    labels = alt.Chart(alt.Data(values=sums)).mark_text(**place).encode(x=x, y="n:Q", text="label:N")
    words = "; ".join(f"{day.day}: {count(n)}" for day, n in totals.items())
    return drawn((bars + labels).properties(height=150), "Messages a day, by feed", f"By day, {words}.", marts)


def _amount(field: str, most: float) -> alt.Y:
    axis = alt.Axis(tickCount=4, format="~s", domain=False, ticks=False)
    return alt.Y(field, title=None, axis=axis, scale=alt.Scale(domain=[0, max(most, 1)], nice=False))


def _short(number: int) -> str:
    if number < 10_000:
        return f"{number:,}"
    return f"{number / 1e3:.1f}k" if number < 1_000_000 else f"{number / 1e6:.2f}M"
