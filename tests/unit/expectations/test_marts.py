"""Candidate marts are broken one way at a time: exactly the expectations named here fail, by exactly that many rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from expectations.gate import judge_marts
from expectations.suite import CRITICAL

DAILY, MONTHLY, HEALTH = "fct_messages_daily", "mart_volume_monthly", "mart_feed_health_daily"
ORIGINS = "mart_origins_monthly"
OF_MESSAGES = "months and feeds add up to messages"
OF_MONTHS = f"months and feeds add up to {MONTHLY}"
ADDED = "months add up to messages"
KNOWN = "every feed is in dim_feed"


def valid_marts() -> dict[str, list[dict]]:
    marts = {name: [] for name in (DAILY, MONTHLY, HEALTH, ORIGINS, "dim_feed", "message_totals")}
    for month in (date(2005, 3, 1), date(2005, 4, 1)):
        for confidence, place, count in (("high", ("DE", 64500), 40), ("none", (None, None), 20)):
            where = dict(zip(("country_code", "asn"), place, strict=True))
            marts[ORIGINS].append({"month": month, "origin_confidence": confidence, "message_count": count} | where)
    for feed in ("trap-a", "trap-b"):
        marts["dim_feed"].append({"feed": feed, "description": "A trap."})
        for month in (date(2005, 3, 1), date(2005, 4, 1)):
            total = {"month": month, "feed": feed, "message_count": 30}
            marts["message_totals"].append(dict(total))
            marts[MONTHLY].append(total | {"message_bytes": 90_000})
            for day, count in ((1, 10), (2, 20)):
                at = month.replace(day=day)
                marts[DAILY].append({"captured_date": at, "feed": feed, "message_count": Decimal(count)})
                marts[HEALTH].append({"load_date": at, "feed": feed, "rejected_count": 0})
    return marts


@pytest.fixture
def judge(tmp_path):
    def judged(marts):
        for name, rows in marts.items():
            pq.write_table(pa.Table.from_pylist(rows), tmp_path / f"{name}.parquet")
        return judge_marts(tmp_path, tmp_path / "reports")

    return judged


def failures(verdict) -> dict:
    assert all(row["severity"] == CRITICAL for row in verdict.results)
    return {(row["table_name"], row["expectation"]): row["unexpected_count"] for row in verdict.failures()}


def count_one_more(marts):
    marts[MONTHLY][0]["message_count"] += 1


def lose_a_day(marts):
    marts[DAILY].pop()


def lose_a_month(marts):
    marts[MONTHLY].pop()


def move_between_feeds(marts):
    """The grand total stays right."""
    marts[MONTHLY][0]["message_count"] += 5
    marts[MONTHLY][3]["message_count"] -= 5


def count_what_no_message_shows(marts):
    marts["message_totals"].pop(0)


def repeat_keys(marts):
    marts[HEALTH].append(marts[HEALTH][0])
    marts["dim_feed"].append(marts["dim_feed"][0])


def empty_and_negative(marts):
    marts[DAILY][0]["feed"] = None
    marts[HEALTH][1]["rejected_count"] = -1


def lose_an_origin(marts):
    marts[ORIGINS].pop()


def repeat_an_unknown_origin(marts):
    unknown = marts[ORIGINS][1]
    unknown["message_count"] = 10
    marts[ORIGINS].append(dict(unknown))


def forget_a_feed(marts):
    marts["dim_feed"].pop()


def start_with_nothing(marts):
    for row in [*marts[MONTHLY], *marts["message_totals"], *marts[DAILY], *marts[ORIGINS]]:
        row["message_count"] = 0
    marts[MONTHLY].pop()


BROKEN = {
    "valid": (lambda marts: None, {}),
    "one message too many": (count_one_more, {(MONTHLY, OF_MESSAGES): 1, (DAILY, OF_MONTHS): 1}),
    "a day lost": (lose_a_day, {(DAILY, OF_MESSAGES): 1, (DAILY, OF_MONTHS): 1}),
    "a month lost": (lose_a_month, {(MONTHLY, OF_MESSAGES): 1, (DAILY, OF_MONTHS): 1}),
    "messages of one feed under another": (move_between_feeds, {(MONTHLY, OF_MESSAGES): 2, (DAILY, OF_MONTHS): 2}),
    "counts without messages": (
        count_what_no_message_shows,
        {(MONTHLY, OF_MESSAGES): 1, (DAILY, OF_MESSAGES): 1, (ORIGINS, ADDED): 1},
    ),
    "keys that stand twice": (
        repeat_keys,
        {(HEALTH, "(load_date, feed): unique"): 2, ("dim_feed", "(feed): unique"): 2},
    ),
    "an empty key, a negative count": (
        empty_and_negative,
        {
            (DAILY, "feed: filled"): 1,
            (DAILY, OF_MESSAGES): 2,
            (DAILY, OF_MONTHS): 2,
            (DAILY, KNOWN): 1,
            (HEALTH, "no count is negative"): 1,
        },
    ),
    "an origin lost": (lose_an_origin, {(ORIGINS, ADDED): 1}),
    "an unknown origin that stands twice": (
        repeat_an_unknown_origin,
        {(ORIGINS, "(month, country_code, asn, origin_confidence): unique"): 2},
    ),
    "an unknown feed": (forget_a_feed, {(DAILY, KNOWN): 4, (MONTHLY, KNOWN): 2, (HEALTH, KNOWN): 4}),
    "no messages anywhere": (start_with_nothing, {}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_marts_are_held_against_the_messages(judge, name):
    corrupt, expected = BROKEN[name]
    marts = valid_marts()
    corrupt(marts)
    verdict = judge(marts)
    assert failures(verdict) == expected
    assert verdict.is_held == bool(expected)
    assert {row["gate"] for row in verdict.results} == {"marts"}
    assert {row["table_name"] for row in verdict.results} == set(marts)


def test_files_at_fault_are_verdicts(judge, tmp_path):
    marts = valid_marts()
    del marts[DAILY]
    for row in marts[MONTHLY]:
        del row["message_count"]
    (tmp_path / f"{DAILY}.parquet").write_bytes(b"PAR1 and no more")
    verdict = judge(marts | {"dim_feed": []})
    whole = "a whole file with the columns that others lean on"
    assert failures(verdict) == {(DAILY, whole): 1, (MONTHLY, whole): 1, ("dim_feed", whole): 1}
    assert verdict.is_held
