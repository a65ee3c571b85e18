"""Suites over candidate marts: their keys, their counts, and their totals against the messages themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from expectations.rows import Rows, fault_in_columns
from expectations.suite import NoRows, Suite, literal


@dataclass(frozen=True)
class Mart:
    """A candidate file: its name, its key, whether it counts messages, and what of its key may be empty."""

    name: str
    key: tuple[str, ...]
    has_message_count: bool = True
    optional: tuple[str, ...] = ()

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that must be there and filled."""
        filled = tuple(name for name in self.key if name not in self.optional)
        return (*filled, "message_count") if self.has_message_count else filled


TOTALS = Mart("message_totals", ("month", "feed"))
"""Not a mart: counted straight from `messages`, what the marts are held against."""
DAILY = Mart("fct_messages_daily", ("captured_date", "feed"))
MONTHLY = Mart("mart_volume_monthly", ("month", "feed"))
HEALTH = Mart("mart_feed_health_daily", ("load_date", "feed"), has_message_count=False)
FEEDS = Mart("dim_feed", ("feed",), has_message_count=False)
ORIGINS = Mart(
    "mart_origins_monthly",
    ("month", "country_code", "asn", "origin_confidence"),
    optional=("country_code", "asn"),
)
JUDGED = (TOTALS, DAILY, MONTHLY, HEALTH, FEEDS, ORIGINS)


def add_mart_views(rows: Rows, candidates: Path) -> None:
    """Make the views that the suites read, one a candidate file."""
    for mart in JUDGED:
        rows.add(mart.name, candidates / f"{mart.name}.parquet", fault_in_columns((*mart.key, *mart.required)))


def mart_suites(rows: Rows) -> Iterator[Suite]:
    """The suites for what can be read; marts are compared only when all of them can be."""
    yield Suite("files", tuple(_whole_file(mart) for mart in JUDGED))
    between = _between_marts() if all(mart.name in rows.readable for mart in JUDGED) else {}
    for mart in JUDGED:
        if mart.name in rows.readable:
            yield Suite(mart.name, (*_alone(rows, mart), *between.get(mart.name, ())))


def _whole_file(mart: Mart) -> NoRows:
    query = f"SELECT file, problem FROM {{batch}} WHERE view_name = {literal(mart.name)}"
    return NoRows(mart.name, "a whole file with the columns that others lean on", query)


def _alone(rows: Rows, mart: Mart) -> Iterator[NoRows]:
    key = ", ".join(mart.key)
    for column in mart.required:
        yield NoRows(mart.name, f"{column}: filled", f"SELECT {key} FROM {{batch}} WHERE {column} IS NULL")
    repeated = f"SELECT {key} FROM {{batch}} QUALIFY count(*) OVER (PARTITION BY {key}) > 1"
    yield NoRows(mart.name, f"({key}): unique", repeated)
    columns = [name for (name, *_) in rows.con.execute(f"DESCRIBE {mart.name}").fetchall()]
    if counts := [name for name in columns if name.endswith(("_count", "_bytes"))]:
        negative = " OR ".join(f"{name} < 0" for name in counts)
        yield NoRows(mart.name, "no count is negative", f"SELECT {key} FROM {{batch}} WHERE {negative}")


def _between_marts() -> dict[str, list[NoRows]]:
    """Comparisons, by the mart whose suite they belong to."""
    month_of_day = "CAST(date_trunc('month', captured_date) AS DATE)"
    monthly_total, daily_total = _by_month("{batch}", "month"), _by_month("{batch}", month_of_day)
    of_messages, of_months = _by_month(TOTALS.name, "month"), _by_month(MONTHLY.name, "month")
    return {
        DAILY.name: [
            _equal_totals(DAILY, "months and feeds add up to messages", daily_total, of_messages),
            _equal_totals(DAILY, f"months and feeds add up to {MONTHLY.name}", daily_total, of_months),
            _known_feeds(DAILY),
        ],
        MONTHLY.name: [
            _equal_totals(MONTHLY, "months and feeds add up to messages", monthly_total, of_messages),
            _known_feeds(MONTHLY),
        ],
        HEALTH.name: [_known_feeds(HEALTH)],
        ORIGINS.name: [
            _equal_totals(
                ORIGINS,
                "months add up to messages",
                _by_month("{batch}", "month", by_feed=False),
                _by_month(TOTALS.name, "month", by_feed=False),
            )
        ],
    }


def _by_month(view: str, month: str, by_feed: bool = True) -> str:
    feed = "feed" if by_feed else "'all' AS feed"
    return f"SELECT {month} AS month, {feed}, sum(message_count) AS messages FROM {view} GROUP BY ALL"


def _equal_totals(mart: Mart, name: str, totals: str, others: str) -> NoRows:
    """Either side may lack a month: it counts as none, and so a month without messages may be left out."""
    query = (
        f"SELECT month, feed FROM ({totals}) AS mine FULL JOIN ({others}) AS theirs USING (month, feed) "
        "WHERE coalesce(mine.messages, 0) <> coalesce(theirs.messages, 0)"
    )
    return NoRows(mart.name, name, query)


def _known_feeds(mart: Mart) -> NoRows:
    key = ", ".join(mart.key)
    return NoRows(
        mart.name, f"every feed is in {FEEDS.name}", f"SELECT {key} FROM {{batch}} ANTI JOIN dim_feed USING (feed)"
    )
