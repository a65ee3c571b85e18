"""How far the month's numbers can be leaned on: days covered, what is held, rejected, late, or warned of."""

from __future__ import annotations

from transforms.monthly.asked import Asked, Row
from transforms.monthly.document import Section, Table, code, number, text
from transforms.monthly.figures import count, share

STATES = {
    "ok": "ok_count",
    "late": "late_period_count",
    "empty": "empty_count",
    "missing": "missing_count",
    "pending": "pending_count",
}


def section(asked: Asked) -> Section:
    """Sentences of what is wanting, and tables by feed, of rejects and of gates."""
    part = Section("quality", "Quality of the data", _wanting(asked))
    part.tables = [_feeds(asked)]
    if rows := asked.rows("rejects"):
        cells = [(row["feed"], row["reason"], row["level"], count(row["reject_count"])) for row in rows]
        columns = (code("feed"), text("reason"), text("of a"), number("rejects"))
        part.tables.append(Table("Rejects of the month's loads", asked.marts("rejects"), columns, cells))
    if rows := asked.rows("gates"):
        part.tables.append(_gates(asked, rows))
    return part


def _wanting(asked: Asked) -> list[str]:
    volume = [row for row in asked.rows("volume") if row["month"] == asked.month]
    said = [
        f"{row['feed']} covers {row['days_covered']} of {row['days_in_month']} days."
        for row in volume
        if row["days_covered"] < row["days_in_month"]
    ] or ["Every feed covers every day of the month."]
    held, missing, warnings = (
        sum(row[key] for row in asked.rows("health"))
        for key in ("held_load_count", "missing_count", "gate_warning_count")
    )
    said.append(
        f"Held loads: {count(held)}; periods without a file: {count(missing)}; gate warnings: {count(warnings)}."
    )
    return said


def _feeds(asked: Asked) -> Table:
    volume = {row["feed"]: row for row in asked.rows("volume") if row["month"] == asked.month}
    health = {row["feed"]: row for row in asked.rows("health")}
    rows = [_feed(feed, volume.get(feed), health.get(feed)) for feed in sorted(volume.keys() | health.keys())]
    numbers = ("held loads", "messages brought", "late mail", "rejects", "gate warnings")
    columns = (code("feed"), text("days covered"), text("periods"), *map(number, numbers))
    return Table("By feed: the periods that touch the month", asked.marts("volume", "health"), columns, rows)


def _feed(feed: str, volume: Row | None, health: Row | None) -> tuple[str, ...]:
    days = f"{volume['days_covered']} of {volume['days_in_month']}" if volume else "none"
    if not health:
        return feed, days, "undated", *("–" for _ in range(5))
    periods = ", ".join(f"{health[key]:,} {name}" for name, key in STATES.items() if health[key]) or "none judged"
    late = f"{count(health['late_message_count'])} ({share(health['late_message_count'], health['parsed_count'])})"
    counts = (count(health[key]) for key in ("rejected_count", "gate_warning_count"))
    return feed, days, periods, count(health["held_load_count"]), count(health["parsed_count"]), late, *counts


def _gates(asked: Asked, rows: list[Row]) -> Table:
    columns = (
        code("feed"),
        text("period"),
        text("gate"),
        text("expectations not met"),
        number("critical"),
        number("warnings"),
    )
    cells = [
        (
            row["feed"] or "all",
            f"{row['load_date']:%Y-%m-%d}",
            row["gate"],
            row["failed"] or "",
            count(row["critical_failure_count"]),
            count(row["warning_failure_count"]),
        )
        for row in rows
    ]
    return Table("What gates held or warned of", asked.marts("gates"), columns, cells)
