"""Each feed's difference from the month before: by covered days, and by spam a day."""

from __future__ import annotations

from dataclasses import dataclass

from transforms.monthly.asked import Asked, Row
from transforms.monthly.differences import Coverage, by_days_and_rate
from transforms.monthly.document import Table, code, number, text
from transforms.monthly.figures import count, signed


@dataclass(frozen=True)
class FeedChange:
    """A feed in both months."""

    feed: str
    before: Coverage
    now: Coverage

    @property
    def parts(self) -> tuple[int, int]:
        """By days and by rate; they add up to the difference."""
        return by_days_and_rate(self.before, self.now)


def feed_changes(asked: Asked) -> list[FeedChange]:
    """Every feed of either month."""
    months = {(row["month"], row["feed"]): row for row in asked.rows("volume") if row["month"] != asked.last_year}
    feeds = sorted({feed for _, feed in months})
    return [
        FeedChange(feed, *(_coverage(months.get((month, feed))) for month in (asked.last, asked.month)))
        for feed in feeds
    ]


def by_days_and_rate_of_all(asked: Asked) -> tuple[int, int]:
    """The sums over all feeds."""
    parts = [change.parts for change in feed_changes(asked)]
    return sum(by_days for by_days, _ in parts), sum(by_rate for _, by_rate in parts)


def by_feed(asked: Asked) -> Table:
    """A row a feed, and their sum."""
    changes = feed_changes(asked)
    totals = [sum(getattr(each, month).message_count for each in changes) for month in ("before", "now")]
    foot = ("all", "", *_numbers(*totals), *map(signed, by_days_and_rate_of_all(asked)))
    counts = map(number, ("last month", "this month", "difference", "by days", "by spam a day"))
    columns = (code("feed"), text("days covered"), *counts)
    return Table("Difference by feed", asked.marts("volume"), columns, [_row(each) for each in changes], foot)


def _coverage(row: Row | None) -> Coverage:
    return Coverage(row["message_count"], row["days_covered"]) if row else Coverage(0, 0)


def _row(change: FeedChange) -> tuple[str, ...]:
    days = f"{change.before.days_covered}, now {change.now.days_covered}"
    counts = _numbers(change.before.message_count, change.now.message_count)
    return change.feed, days, *counts, *map(signed, change.parts)


def _numbers(before: int, now: int) -> tuple[str, ...]:
    return count(before), count(now), signed(now - before)
