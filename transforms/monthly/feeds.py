"""Volume by feed, divided by what makes it comparable: trap addresses and covered days."""

from __future__ import annotations

from transforms.monthly.asked import Asked, Row
from transforms.monthly.document import Section, Table, code, number
from transforms.monthly.figures import NONE, change, count, rate, share

NAMES = ("messages", "share", "last month", "trap addresses", "days covered")
RATES = ("an address and day", "last month", "change", "a year ago", "change")


def section(asked: Asked) -> Section:
    """A table, a row a feed."""
    months = {(row["month"], row["feed"]): row for row in asked.rows("volume")}
    feeds = sorted({feed for month, feed in months if month == asked.month})
    rows = [_row(asked, feed, months) for feed in feeds]
    totals = [asked.total(asked.month) or 0, asked.total(asked.last)]
    foot = ("all", count(totals[0]), share(totals[0], totals[0]), count(totals[1]), *("" for _ in range(7)))
    columns = (code("feed"), *map(number, NAMES + RATES))
    about = (
        "Feeds differ in size and in the days that they cover. What compares is messages by trap address and covered "
        "day: their change is a change of spam, not of what was listened to."
    )
    part = Section("feeds", "By feed", [about])
    part.tables = [
        Table("Messages by feed, and by trap address and covered day", asked.marts("volume"), columns, rows, foot)
    ]
    return part


def _row(asked: Asked, feed: str, months: dict) -> tuple[str, ...]:
    now, last, year = (months.get((month, feed), {}) for month in (asked.month, asked.last, asked.last_year))
    rates = [row.get("messages_per_address_day") for row in (now, last, year)]
    return (
        feed,
        count(now["message_count"]),
        share(now["message_count"], asked.total(asked.month) or 0),
        count(last.get("message_count")),
        count(now["trap_address_count"]),
        _days(now),
        rate(rates[0]),
        rate(rates[1]),
        _change(rates[0], rates[1]),
        rate(rates[2]),
        _change(rates[0], rates[2]),
    )


def _days(row: Row) -> str:
    return f"{row['days_covered']} of {row['days_in_month']}"


def _change(now: float | None, before: float | None) -> str:
    return NONE if now is None else change(now, before)
