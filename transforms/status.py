"""The state of a lake in a few tables: for `spamledger status` and the end of a demonstration."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from transforms.lake import Lake
from transforms.publications import publication
from transforms.settings import Settings
from transforms.steps import months

_FEEDS = """
    SELECT feed, count(*), count(*) FILTER (status = 'held'),
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
_JUDGED_LAST = """
    SELECT arg_max(gate_run_id, evaluated_at) AS gate_run_id FROM gate_results WHERE gate = 'marts'
    UNION
    SELECT arg_max(g.gate_run_id, g.evaluated_at) FROM loads l
    JOIN (SELECT *, unnest(string_split(load_ids, ',')) AS load_id FROM gate_results WHERE gate = 'staged') g
        USING (load_id)
    WHERE l.status IN ('published', 'held') GROUP BY load_id
"""
_WARNINGS = f"""
    SELECT coalesce(feed, 'marts'), load_date, table_name || ': ' || expectation,
        coalesce(observed, unexpected_count || ' rows')
    FROM gate_results SEMI JOIN ({_JUDGED_LAST}) USING (gate_run_id)
    WHERE NOT is_success AND severity = 'warning' AND evaluated_at >= ?
    ORDER BY load_date DESC NULLS FIRST, feed, table_name, expectation
"""
_MARTS = """
    SELECT any_value(report), max(evaluated_at),
        string_agg(table_name || ': ' || expectation, '; ' ORDER BY table_name, expectation)
            FILTER (NOT is_success AND severity = 'critical')
    FROM gate_results WHERE gate_run_id =
        (SELECT arg_max(gate_run_id, evaluated_at) FROM gate_results WHERE gate = 'marts')
"""
MOST_WARNINGS = 20

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
    with lake.read() as con:
        feeds, held, rejects = (con.execute(query).fetchall() for query in (_FEEDS, _HELD, _REJECTS))
        closed, dirty = months.in_state(con, "closed"), months.dirty(con)
        report, judged_at, broken = con.execute(_MARTS).fetchone()
    columns = ("feed", "loads", "held", "first period", "last period", "messages", "rejects")
    seen = Overview(
        tables=[
            ("Feeds", columns, feeds),
            ("Rejects", ("feed", "reason", "count"), rejects),
            *judged_warnings(lake),
            ("Held", ("load", "file", "period", "because"), held),
        ],
        lines=[f"closed months: {_named(closed) or 'none'}"],
        has_held=bool(held or broken),
    )
    if dirty:
        seen.lines.append(f"changed since the last build: {_named(dirty)}")
    if broken:
        seen.lines.append(f"the marts are held (judged {judged_at:%Y-%m-%d %H:%M:%S} UTC); readers see those before:")
        seen.lines.append(f"  {broken}: see {lake.reports / report}")
    seen.lines.append(_published_line(lake))
    return seen


def judged_warnings(lake: Lake, since: datetime = datetime.min) -> list[Shown]:
    """What gates warned of when they last judged each load and the marts, since a time: one table, the newest first."""
    with lake.read() as con:
        rows = con.execute(_WARNINGS, [since]).fetchall()
    title = "Warnings" if len(rows) <= MOST_WARNINGS else f"Warnings: the first {MOST_WARNINGS} of {len(rows)}"
    return [(title, ("feed", "period", "expectation", "observed"), rows[:MOST_WARNINGS])]


def _named(found: list[date]) -> str:
    return ", ".join(f"{month:%Y-%m}" for month in found)


def _published_line(lake: Lake) -> str:
    seen = publication(lake)
    if not seen:
        return "nothing is published yet"
    at = seen["published_at"][:19].replace("T", " ")
    return f"published {at} UTC, snapshot {seen['snapshot_id']}: {lake.published}/marts.duckdb"
