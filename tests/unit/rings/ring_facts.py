"""Indicators of made-up campaigns, for tests of links and rings."""

from datetime import datetime, timedelta

import pyarrow as pa

BIRTH = datetime(2005, 3, 1)


def campaign(number: int) -> str:
    return f"c-{number:016x}"


def first_seen(number: int) -> datetime:
    return BIRTH + timedelta(hours=number)


def indicators(*rows: tuple[int, str, str] | tuple[int, str, str, int]) -> pa.Table:
    """Rows (campaign number, kind, value, message count or 10); a campaign is as old as its number is small."""
    full = [(*row, 10)[:4] for row in rows]
    at = pa.array([first_seen(row[0]) for row in full], pa.timestamp("us"))
    return pa.table(
        {
            "campaign_id": pa.array([campaign(row[0]) for row in full], pa.string()),
            "kind": pa.array([row[1] for row in full], pa.string()),
            "value": pa.array([row[2] for row in full], pa.string()),
            "message_count": pa.array([row[3] for row in full], pa.int64()),
            "first_seen_at": at,
            "last_seen_at": at,
        }
    )


def sizes(count: int, messages: int = 20) -> dict[str, int]:
    return {campaign(number): messages for number in range(count)}


def pairs_of(links: pa.Table) -> set[tuple[int, int]]:
    """The pairs of campaign numbers that are linked."""
    ends = (links[name].to_pylist() for name in ("campaign_id", "other_campaign_id"))
    return {(int(one[2:], 16), int(other[2:], 16)) for one, other in zip(*ends, strict=True)}
