"""What the month's mail sells, against the month before."""

from __future__ import annotations

from transforms.monthly.asked import Asked
from transforms.monthly.bar_charts import categories_chart
from transforms.monthly.differences import Contribution, with_rest
from transforms.monthly.document import Section, Table, number, text
from transforms.monthly.figures import NONE, count, named, share, signed

REST = "not grouped"


def section(asked: Asked) -> Section:
    """A chart and a table, a row a category; what is not grouped makes the total whole."""
    has_last = asked.total(asked.last) is not None
    total, last_total = asked.total(asked.month) or 0, asked.total(asked.last) or 0
    parts = [
        Contribution(row["name"], row["last_message_count"], row["message_count"]) for row in asked.rows("categories")
    ]
    whole = with_rest(parts, last_total, total, REST)
    columns = (text("category"), *map(number, ("messages", "share", "last month", "share", "difference")))
    rows = [_row(part, total, last_total, has_last) for part in whole]
    foot = _row(Contribution("all", last_total, total), total, last_total, has_last)
    said = [
        "Not grouped are delivery reports and messages that say nothing; a message has the category of its template."
    ]
    part = Section("categories", "By category", said)
    marts = asked.marts("categories")
    if parts:
        shown = [(each.name, each.now, each.before if has_last else None) for each in parts]
        part.charts = [categories_chart(shown, named(asked.last), marts)]
    part.tables = [Table("Messages by category", (*marts, *asked.marts("months")), columns, rows, foot)]
    return part


def _row(part: Contribution, total: int, last_total: int, has_last: bool) -> tuple[str, ...]:
    now = part.name, count(part.now), share(part.now, total)
    if not has_last:
        return (*now, NONE, NONE, NONE)
    return (*now, count(part.before), share(part.before, last_total), signed(part.difference))
