"""The month's largest campaigns."""

from __future__ import annotations

from transforms.monthly.asked import Asked, Row
from transforms.monthly.document import Section, Table, code, number, spam, text
from transforms.monthly.figures import count
from transforms.monthly.plain_text import defanged


def section(asked: Asked) -> Section:
    """A table of ten."""
    names = (code("campaign"), spam("subject of its first message"), text("category"))
    numbers = (number("messages"), number("share"), number("days"))
    columns = (*names, *numbers, code("ring"), spam("main domain"), code("known"), text("state"))
    said = ["Subjects are spam, shown as text with links broken; days are those of the month with a message of it."]
    if asked.rows("campaigns"):
        said.append("State is as of the publication: dormant, new, returned or active by the newest day of any feed.")
    part = Section("campaigns", "Largest campaigns", said)
    rows = [_row(row) for row in asked.rows("campaigns")]
    part.tables = [Table("The ten largest campaigns of the month", asked.marts("campaigns"), columns, rows)]
    return part


def _row(row: Row) -> tuple[str, ...]:
    known = "new" if row["is_new"] else f"since\u00a0{row['first_seen_at']:%Y-%m}"
    return (
        row["campaign_id"],
        defanged(row["subject"] or "(no subject)", 70),
        row["category"] or "unknown",
        count(row["message_count"]),
        f"{100 * row['share']:.1f} %",
        count(row["day_count"]),
        row["ring_id"] or "none",
        defanged(row["top_domain"] or "none", 40),
        known,
        row["state"],
    )
