"""The month in brief: how much, against the month before and a year ago."""

from __future__ import annotations

from datetime import date

from transforms.monthly.asked import Asked
from transforms.monthly.column_charts import days_chart, months_chart
from transforms.monthly.document import Section, Table, number, text
from transforms.monthly.feed_changes import by_days_and_rate_of_all
from transforms.monthly.figures import change, count, month_before, named, share, signed


def section(asked: Asked) -> Section:
    """Sentences, months, days, and a table of the month's measures."""
    part = Section("brief", "In brief", sentences=[_total(asked), *_compared(asked), *_largest(asked)])
    part.charts = [months_chart(_months(asked), asked.month, asked.marts("months"))]
    if days := [(row["captured_date"], row["feed"], row["message_count"]) for row in asked.rows("days")]:
        part.charts.append(days_chart(days, asked.month, asked.marts("days")))
    part.tables = [_measures(asked)]
    return part


def _total(asked: Asked) -> str:
    total = asked.total(asked.month) or 0
    feeds = len([row for row in asked.rows("volume") if row["month"] == asked.month and row["message_count"]])
    return f"{count(total)} messages were captured in {named(asked.month)}, by {feeds} feed{'s' * (feeds != 1)}."


def _compared(asked: Asked) -> list[str]:
    now, said = asked.total(asked.month) or 0, []
    for month in (asked.last, asked.last_year):
        before = asked.total(month)
        if before is None:
            said.append(f"There is no {named(month)} in the lake to compare with.")
            continue
        state = asked.standing(month)["month_state"]
        still = "" if state == "closed" else f", which is {state} and may still change"
        said.append(
            f"Against {named(month)}: {signed(now - before)} ({change(now, before)}{' of ' + count(before)}){still}."
        )
    if asked.total(asked.last) is not None:
        by_days, by_rate = by_days_and_rate_of_all(asked)
        said.append(
            f"Of the difference from {named(asked.last)}, {signed(by_days)} come of feeds and days that were covered "
            f"in one month and not in the other, {signed(by_rate)} of more or less spam a day."
        )
    return said


def _largest(asked: Asked) -> list[str]:
    said = []
    if (categories := asked.rows("categories")) and (most := categories[0]["message_count"]):
        of_all = share(most, asked.total(asked.month) or 0)
        said.append(f"Most messages of one category: {categories[0]['name']}, {count(most)} ({of_all}).")
    if rings := asked.rows("rings"):
        ring = rings[0]
        said.append(
            f"Largest ring: {ring['ring_id']}, {count(ring['message_count'])} messages ({100 * ring['share']:.1f} %) "
            f"in {ring['campaign_count']} campaigns."
        )
    return said


def _months(asked: Asked) -> list[tuple[date, int]]:
    """Every month from the first that is known, a year ago at most, to the report's own."""
    known = {row["month"]: row["message_count"] for row in asked.rows("months")}
    months, month = [asked.month], asked.month
    while month > min(known, default=asked.month):
        month = month_before(month)
        months.insert(0, month)
    return [(month, known.get(month, 0)) for month in months]


def _measures(asked: Asked) -> Table:
    rows = [
        _measure("messages", *(asked.total(month) for month in (asked.month, asked.last, asked.last_year))),
        _measure("campaigns seen", *_seen(asked, "campaign_changes")),
        _measure("campaigns first seen in the month", *_new(asked, "campaign_changes")),
        _measure("rings seen", *_seen(asked, "ring_changes")),
    ]
    columns = (text("measure"), *map(number, ("this month", "last month", "change", "a year ago", "change")))
    return Table("The month's measures", asked.marts("months", "campaign_changes", "ring_changes"), columns, rows)


def _measure(name: str, now: int | None, last: int | None, year: int | None = None) -> tuple[str, ...]:
    now = now or 0
    return name, count(now), count(last), change(now, last), count(year), change(now, year)


def _seen(asked: Asked, subject: str) -> tuple[int, int | None]:
    rows = asked.rows(subject)
    now, before = (sum(1 for row in rows if row[key]) for key in ("message_count", "last_message_count"))
    return now, None if asked.total(asked.last) is None else before


def _new(asked: Asked, subject: str) -> tuple[int, int | None]:
    born = [(row["first_seen_at"].year, row["first_seen_at"].month) for row in asked.rows(subject)]
    now, before = (born.count((month.year, month.month)) for month in (asked.month, asked.last))
    return now, None if asked.total(asked.last) is None else before
