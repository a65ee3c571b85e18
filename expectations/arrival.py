"""Expectations of what arrived: whole files, mail of the period, few rejects, as much as ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from math import ceil, floor
from statistics import median

from expectations.batch import Batch
from expectations.suite import CRITICAL, WARNING, NoRows, RowCount, literal, literals

TORN_REASONS = (
    "archive_entry_broken",
    "archive_entry_limit",
    "archive_nested_too_deep",
    "archive_ratio_limit",
    "archive_size_limit",
    "container_broken",
    "container_truncated",
)
"""Reasons which say that the file did not arrive whole, or was not read to its end."""
NO_FAULT_OF_FORMAT = ("duplicate", "empty_container", "empty_message")
"""Reasons which do not say that a file is of another format than the declared one."""
EMPTY_REASONS = ("archive_encrypted", "empty_container", "format_unknown")
"""Reasons which say that a whole file, or an entry of it, held no mail that can be read."""

HELD_SHARE = 0.5
FLAGGED_SHARE = 0.1
SMALL_BATCH = 20
"""Found messages below which the share of rejects holds nothing back."""
STRAY_SHARE = 0.01
"""Messages captured outside their window that a late feed may hold before the load is held."""
CLOCK_SLACK = timedelta(hours=1)
PULL_SLACK = timedelta(days=1)
PAST_PERIODS = 4
"""Periods from which on a feed has a past to compare with."""
DEVIATIONS = 5 * 1.4826
"""Five standard deviations, as a multiple of the median absolute deviation of a normal distribution."""
DECLARED_FACTOR = 4


def reject_expectations() -> Iterator[NoRows]:
    """Over `rejects`: the files arrived whole and hold mail, and not too much of it was rejected."""
    for name, reasons, severity in (
        ("the file arrived whole", TORN_REASONS, CRITICAL),
        ("the file holds readable mail", EMPTY_REASONS, WARNING),
    ):
        query = f"SELECT load_id, position FROM {{batch}} WHERE reason IN ({literals(reasons)})"
        yield NoRows("rejects", name, query, severity)
    yield _nothing_read()
    yield _reject_share("at most half is rejected, duplicates aside", HELD_SHARE, SMALL_BATCH, CRITICAL)
    yield _reject_share("at most a tenth is rejected, duplicates aside", FLAGGED_SHARE, 1, WARNING)


def capture_expectations(batch: Batch) -> Iterator[NoRows]:
    """Over `messages`: captured inside the period's window, and not after the pull."""
    if batch.is_dated:
        outside = _outside_window(batch)
        yield _captured("in the period", outside, 0, WARNING)
        if batch.late_days is not None:
            yield _captured("in the period, all but 1 %", outside, STRAY_SHARE, CRITICAL)
    future = f"captured_at > {literal(batch.pulled_at + PULL_SLACK)}"
    yield _captured("no later than the pull", future, 0, WARNING)
    yield _captured("no later than the pull, all but 1 %", future, STRAY_SHARE, CRITICAL)


def volume_expectations(batch: Batch) -> Iterator[RowCount]:
    """Over `messages`: their number against none, the feed's own past, and what it declares."""
    yield RowCount("messages", "some mail was captured", 1, None, "at least one")
    if len(batch.past_counts) >= PAST_PERIODS:
        lowest, highest, usual = usual_range(batch.past_counts)
        note = f"usually {usual:,.0f}: {lowest:,} to {highest:,}"
        yield RowCount("messages", "as much mail as in the feed's past", lowest, highest, note)
    if batch.expected_count is not None:
        lowest, highest = ceil(batch.expected_count / DECLARED_FACTOR), batch.expected_count * DECLARED_FACTOR
        note = f"declared {batch.expected_count:,}: {lowest:,} to {highest:,}"
        yield RowCount("messages", "as much mail as the feed declares", lowest, highest, note)


def usual_range(past_counts: list[int]) -> tuple[int, int, float]:
    """Lowest and highest usual count, and the median that they lie around.

    The median absolute deviation does not let one burst of the past excuse the next. Half of the median is always
    usual, since a feed that never varied would be flagged for one message more.
    """
    usual = median(past_counts)
    deviation = median(abs(count - usual) for count in past_counts)
    margin = max(DEVIATIONS * deviation, usual / 2)
    return max(0, ceil(usual - margin)), floor(usual + margin), usual


def _reject_share(name: str, share: float, least_found: int, severity: str) -> NoRows:
    rejected = "SELECT count(*) AS rejected FROM {batch} WHERE reason IS DISTINCT FROM 'duplicate'"
    is_too_much = (
        f"SELECT rejected > {share} * (parsed + rejected) AND parsed + rejected >= {least_found} "
        f"FROM (SELECT count(*) AS parsed FROM messages), ({rejected})"
    )
    query = f"SELECT load_id, position FROM {{batch}} WHERE reason IS DISTINCT FROM 'duplicate' AND ({is_too_much})"
    return NoRows("rejects", name, query, severity)


def _nothing_read() -> NoRows:
    """Not one message among what is no redelivery: another format than the declared one, or no mail at all."""
    rejected = f"SELECT load_id, position FROM {{batch}} WHERE reason NOT IN ({literals(NO_FAULT_OF_FORMAT)})"
    query = f"FROM ({rejected}) ANTI JOIN messages USING (load_id)"
    return NoRows("rejects", "some message of the file was read", query, CRITICAL)


def _outside_window(batch: Batch) -> str:
    first = datetime.combine(batch.load_date, time()) - timedelta(days=batch.late_days or 0)
    last = datetime.combine(batch.last_date, time()) + timedelta(days=1) + CLOCK_SLACK
    return f"captured_at NOT BETWEEN {literal(first)} AND {literal(last)}"


def _captured(name: str, broken: str, share: float, severity: str) -> NoRows:
    too_many = f"(SELECT count_if({broken}) > {share} * count(*) FROM {{batch}})"
    query = f"SELECT load_id, position FROM {{batch}} WHERE {broken} AND {too_many}"
    return NoRows("messages", f"captured_at: {name}", query, severity)
