"""The history of months: changed by rows, built, closed when their days are in, reopened by late rows."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import duckdb
import pyarrow as pa

from transforms.catalogue import Feed, Period
from transforms.identity import new_id
from transforms.tables import MONTH_EVENTS

_STATES = """
    SELECT month,
        arg_max(event, event_id) FILTER (event IN ('closed', 'reopened')) AS state,
        max(event_id) FILTER (event <> 'built') > coalesce(max(event_id) FILTER (event = 'built'), '') AS is_dirty
    FROM month_events GROUP BY month
"""


def record(
    con: duckdb.DuckDBPyConnection, months: list[date], event: str, at: datetime, load_id: str | None = None
) -> None:
    """Add one event for each month."""
    rows = [
        {"event_id": new_id(), "month": month, "event": event, "load_id": load_id, "occurred_at": at}
        for month in months
    ]
    if rows:
        con.register("events", pa.Table.from_pylist(rows, schema=MONTH_EVENTS.schema))
        con.execute("INSERT INTO month_events SELECT * FROM events")
        con.unregister("events")


def record_changes(con: duckdb.DuckDBPyConnection, months: list[date], load_id: str | None, at: datetime) -> list[date]:
    """Note that a load changed months; the closed ones among them are reopened, and returned."""
    closed = set(in_state(con, "closed"))
    reopened = [month for month in months if month in closed]
    record(con, months, "changed", at, load_id)
    record(con, reopened, "reopened", at, load_id)
    return reopened


def in_state(con: duckdb.DuckDBPyConnection, state: str) -> list[date]:
    """Months whose last closing or reopening is the given one."""
    rows = con.execute(f"SELECT month FROM ({_STATES}) WHERE state = ? ORDER BY month", [state]).fetchall()
    return [month for (month,) in rows]


def known(con: duckdb.DuckDBPyConnection) -> list[date]:
    """Every month that ever held anything."""
    rows = con.execute("SELECT DISTINCT month FROM month_events ORDER BY month").fetchall()
    return [month for (month,) in rows]


def dirty(con: duckdb.DuckDBPyConnection) -> list[date]:
    """Months with an event since they were last built."""
    rows = con.execute(f"SELECT month FROM ({_STATES}) WHERE is_dirty ORDER BY month").fetchall()
    return [month for (month,) in rows]


def to_close(con: duckdb.DuckDBPyConnection, feeds: dict[str, Feed], as_of: date) -> list[date]:
    """Months that are not closed although their days are in.

    A month's days are in when each dated feed that delivered in it has a delivery for every period of it, from the
    feed's first one on, nothing of it is held or waits to be parsed, and the longest lateness that a feed declares
    has passed by `as_of`.
    """
    rows = con.execute(f"SELECT month FROM ({_STATES}) WHERE state IS DISTINCT FROM 'closed' ORDER BY month").fetchall()
    pulled = _pulled_days(con)
    waiting = _waiting_months(con, feeds)
    return [
        month
        for (month,) in rows
        if month not in waiting and _is_over(month, feeds, as_of) and _is_complete(month, feeds, pulled)
    ]


def _is_over(month: date, feeds: dict[str, Feed], as_of: date) -> bool:
    late = max((feed.late_days or 0 for feed in feeds.values() if feed.enabled), default=0)
    return as_of >= _last_day(month) + timedelta(days=late)


def _is_complete(month: date, feeds: dict[str, Feed], pulled: dict[str, set[date]]) -> bool:
    return all(
        {period.load_date for period in _due(feed, month, min(pulled[name]))} <= pulled[name]
        for name, feed in feeds.items()
        if feed.cadence != "undated" and any(_first_day(day) == month for day in pulled.get(name, ()))
    )


def _due(feed: Feed, month: date, since: date) -> list[Period]:
    first = max(month, since)
    return feed.periods(first, _last_day(month))


def _pulled_days(con: duckdb.DuckDBPyConnection) -> dict[str, set[date]]:
    days: dict[str, set[date]] = {}
    for feed, day in con.execute("SELECT DISTINCT feed, load_date FROM deliveries").fetchall():
        days.setdefault(feed, set()).add(day)
    return days


def _waiting_months(con: duckdb.DuckDBPyConnection, feeds: dict[str, Feed]) -> set[date]:
    """Months of which a load is held or waits to be parsed: all those that its period touches."""
    rows = con.execute("SELECT DISTINCT feed, load_date FROM loads WHERE status IN ('landed', 'held')").fetchall()
    months: set[date] = set()
    for feed, day in rows:
        month, last = _first_day(day), last_day(feeds, feed, day)
        while month <= last:
            months.add(month)
            month = _first_day(month + timedelta(days=31))
    return months


def last_day(feeds: dict[str, Feed], feed: str, load_date: date) -> date:
    """The last day of a feed's period; the day itself when the feed is not in the catalogue any more."""
    return feeds[feed].periods(load_date, load_date)[0].last_date if feed in feeds else load_date


def _first_day(day: date) -> date:
    return day.replace(day=1)


def _last_day(month: date) -> date:
    return _first_day(month + timedelta(days=31)) - timedelta(days=1)
