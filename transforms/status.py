"""The state of a lake in a few tables: for `spamledger status` and the end of a demonstration."""

from __future__ import annotations

from dataclasses import dataclass, field

from transforms.lake import Lake
from transforms.reading import publication
from transforms.settings import Settings
from transforms.steps import months

_FEEDS = """
    SELECT feed, count(*) FILTER (status = 'published'), count(*) FILTER (status = 'held'),
        min(load_date), max(load_date), sum(parsed_count) FILTER (status = 'published')::BIGINT,
        sum(rejected_count) FILTER (status = 'published')::BIGINT
    FROM loads GROUP BY feed ORDER BY feed
"""
_HELD = """
    SELECT l.load_id, l.name, l.load_date, string_agg(DISTINCT g.table_name || ': ' || g.expectation, '; ')
    FROM loads l LEFT JOIN gate_results g
        ON list_contains(string_split(g.load_ids, ','), l.load_id) AND NOT g.is_success AND g.severity = 'critical'
    WHERE l.status = 'held' GROUP BY ALL ORDER BY ALL
"""
_REJECTS = "SELECT feed, reason, count(*) FROM rejects GROUP BY ALL ORDER BY ALL"

Shown = tuple[str, tuple[str, ...], list[tuple]]


@dataclass
class Overview:
    """Tables (title, columns, rows) and lines to show, and whether anything is held."""

    tables: list[Shown] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    has_held: bool = False


def overview(settings: Settings) -> Overview:
    """What the newest state of the lake is, published or not."""
    lake = Lake(settings.lake)
    seen = Overview()
    with lake.read() as con:
        feeds, held, rejects = (con.execute(query).fetchall() for query in (_FEEDS, _HELD, _REJECTS))
        closed, dirty = months.in_state(con, "closed"), months.dirty(con)
    columns = ("feed", "loads", "held", "first period", "last period", "messages", "rejects")
    seen.tables.append(("Feeds", columns, feeds))
    if rejects:
        seen.tables.append(("Rejects", ("feed", "reason", "count"), rejects))
    if held:
        seen.has_held = True
        seen.tables.append(("Held", ("load", "file", "period", "because"), held))
    seen.lines.append(f"closed months: {', '.join(f'{month:%Y-%m}' for month in closed) or 'none'}")
    if dirty:
        seen.lines.append(f"changed since the last build: {', '.join(f'{month:%Y-%m}' for month in dirty)}")
    seen.lines.append(_published_line(lake))
    return seen


def _published_line(lake: Lake) -> str:
    seen = publication(lake)
    if not seen:
        return "nothing is published yet"
    at = seen["published_at"][:19].replace("T", " ")
    return f"published {at} UTC, snapshot {seen['snapshot_id']}: {lake.published}/marts.duckdb"
