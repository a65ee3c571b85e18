"""What the DAGs share: assets, the writers' pool, timetables, and which failures are worth another try."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import Asset, CronPartitionTimetable, ExceptionRetryPolicy, RetryAction, RetryRule

LAKE_WRITER = "lake_writer"
"""One slot while the lake's catalogue is SQLite, which takes one writer at a time."""

DAYS = Asset("spam_by_day", "spamledger://lake/day")
MONTHS = Asset("spam_by_month", "spamledger://lake/month")
YEARS = Asset("spam_by_year", "spamledger://lake/year")
INGEST_DAGS = {"ingest_daily": DAYS, "ingest_monthly": MONTHS, "ingest_yearly": YEARS}
PUBLISHED = Asset("published_marts", "spamledger://lake/published")

FOUR_UTC = "Etc/GMT+4"
"""Its midnight is 04:00 UTC: a feed has four hours to put yesterday in place. The hour is in the zone, not in the cron
expression, because a backfill compares its last day with the cron instant: only at midnight is that day included.
"""

SCHEDULE_ENDS = os.environ.get("SPAMLEDGER_SCHEDULE_ENDS")
"""A day, for an Airflow that only fills in the past: after a backfill Airflow makes a run for last night at once."""

TASKS: dict[str, Any] = {
    "execution_timeout": timedelta(minutes=10),
    "weight_rule": "upstream",  # finish what has begun before more is begun
    "retries": 3,
    "retry_delay": timedelta(minutes=5),
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(hours=1),
    "retry_policy": ExceptionRetryPolicy(
        [RetryRule("transforms.fetch.SourceUnreachable", reason="the source may answer later")],
        default=RetryAction.FAIL,
    ),
}
"""A source that cannot be reached is tried again after 5, 10 and 20 minutes. Any other failure would only be repeated,
so it is final. A process that died without a word is tried again too: every step may be repeated.
"""


def every(period: str, cron: str) -> CronPartitionTimetable:
    """A run for each period once it is over; `period` is the format of the partition key, which names it."""
    return CronPartitionTimetable(
        cron, timezone=FOUR_UTC, run_offset=-1, key_format=period, run_immediately=timedelta(0)
    )


def schedule_end() -> datetime | None:
    """The instant after which no run is scheduled."""
    return datetime.fromisoformat(SCHEDULE_ENDS).replace(tzinfo=UTC) if SCHEDULE_ENDS else None
