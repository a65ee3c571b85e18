"""What changed most since the month before, and why: feeds, rings and campaigns, each adding up to the difference."""

from __future__ import annotations

from transforms.monthly.asked import Asked, Row
from transforms.monthly.bar_charts import changes_chart
from transforms.monthly.differences import Contribution, largest, with_rest
from transforms.monthly.document import Section, Table, code, number, spam, text
from transforms.monthly.feed_changes import by_feed
from transforms.monthly.figures import count, named, signed
from transforms.monthly.plain_text import defanged

SHOWN = 10
OUTSIDE = "mail of no campaign"
UNRINGED = "campaigns of no ring"
COUNTS = tuple(map(number, ("last month", "this month", "difference")))


def section(asked: Asked) -> Section:
    """Three tables and two charts; only a sentence when there is no month before."""
    before, now = asked.total(asked.last), asked.total(asked.month) or 0
    part = Section("changes", "What changed, and why")
    if before is None:
        part.sentences = [f"There is no {named(asked.last)} in the lake: nothing to compare with."]
        return part
    part.sentences = [
        f"{named(asked.month)} differs from {named(asked.last)} by {signed(now - before)} messages. Each of these "
        "tables adds up to that.",
        "Of a feed's difference, the part by days is what more or fewer covered days make, each at the mean daily "
        "volume of both months; the rest is more or less spam a day.",
    ]
    rings, campaigns = _rings(asked, before, now), _campaigns(asked, before, now)
    part.charts = [
        changes_chart(rings, "Difference by ring", asked.marts("ring_changes", "campaign_changes")),
        changes_chart(campaigns, "Difference by campaign", asked.marts("campaign_changes")),
    ]
    part.tables = [by_feed(asked), _by_ring(asked, rings), _by_campaign(asked, campaigns)]
    return part


def _rings(asked: Asked, before: int, now: int) -> list[Contribution]:
    rings = [
        Contribution(row["ring_id"], row["last_message_count"], row["message_count"])
        for row in asked.rows("ring_changes")
    ]
    alone = [row for row in asked.rows("campaign_changes") if row["ring_id"] is None]
    unringed = (sum(row[key] for row in alone) for key in ("last_message_count", "message_count"))
    shown = largest(rings, SHOWN, "other rings")
    return with_rest([*shown, *([Contribution(UNRINGED, *unringed)] if alone else [])], before, now, OUTSIDE)


def _campaigns(asked: Asked, before: int, now: int) -> list[Contribution]:
    parts = [
        Contribution(row["campaign_id"], row["last_message_count"], row["message_count"])
        for row in asked.rows("campaign_changes")
    ]
    return with_rest(largest(parts, SHOWN, "other campaigns"), before, now, OUTSIDE)


def _by_ring(asked: Asked, parts: list[Contribution]) -> Table:
    known = {row["ring_id"]: row for row in asked.rows("ring_changes")}
    rows = [(part.name, _why(asked, part, known.get(part.name)), *_numbers(part.before, part.now)) for part in parts]
    columns = (code("ring"), text("what it did"), *COUNTS)
    marts = asked.marts("ring_changes", "campaign_changes", "months")
    return Table("Difference by ring", marts, columns, rows, ("all", "", *_summed(parts)))


def _by_campaign(asked: Asked, parts: list[Contribution]) -> Table:
    known = {row["campaign_id"]: row for row in asked.rows("campaign_changes")}
    rows = [
        (
            part.name,
            defanged((known.get(part.name) or {}).get("subject") or "", 60),
            (known.get(part.name) or {}).get("ring_id") or "",
            _why(asked, part, known.get(part.name)),
            *_numbers(part.before, part.now),
        )
        for part in parts
    ]
    columns = (code("campaign"), spam("subject"), code("ring"), text("what it did"), *COUNTS)
    marts = asked.marts("campaign_changes", "months")
    return Table("Difference by campaign", marts, columns, rows, ("all", "", "", "", *_summed(parts)))


def _why(asked: Asked, part: Contribution, row: Row | None) -> str:
    """Whether it came, and if it was known before; went, grew or fell."""
    if row is None:
        return f"{part.part_count} in all" if part.part_count > 1 else ""
    first = row["first_seen_at"]
    if part.kind == "came":
        is_new = (first.year, first.month) == (asked.month.year, asked.month.month)
        return f"came: first seen {first:%Y-%m-%d}" if is_new else f"came back: known since {first:%Y-%m}"
    return "went: not seen this month" if part.kind == "went" else part.kind


def _numbers(before: int, now: int) -> tuple[str, ...]:
    return count(before), count(now), signed(now - before)


def _summed(parts: list[Contribution]) -> tuple[str, ...]:
    return _numbers(sum(part.before for part in parts), sum(part.now for part in parts))
