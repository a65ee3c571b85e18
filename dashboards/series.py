"""Series of a chart by month: the largest with a colour each, all others as one."""

from __future__ import annotations

import pyarrow as pa

from dashboards import palette


def with_other(table: pa.Table, series: str, most: int = 6) -> pa.Table:
    """The table with all but the largest `most` series of `message_count` summed as Other, by month."""
    kept = set(palette.leading(_totals(table, series), most))
    summed: dict[tuple, int] = {}
    for row in table.to_pylist():
        key = (row["month"], row[series] if row[series] in kept else palette.OTHER, row["is_final"])
        summed[key] = summed.get(key, 0) + row["message_count"]
    rows = [{"month": m, series: s, "message_count": n, "is_final": f} for (m, s, f), n in summed.items()]
    return pa.Table.from_pylist(rows, table.select(["month", series, "message_count", "is_final"]).schema)


def colours(table: pa.Table, series: str) -> dict[str, str]:
    """A colour for each series of such a table, the largest first and Other last."""
    leading = palette.leading(_totals(table, series), len(palette.SERIES) + 1)
    named = [name for name in leading if name != palette.OTHER]
    return palette.colours(named + [palette.OTHER] * (palette.OTHER in leading))


def _totals(table: pa.Table, series: str) -> dict[str, int]:
    totals: dict[str, int] = {}
    for row in table.select([series, "message_count"]).to_pylist():
        totals[row[series]] = totals.get(row[series], 0) + row["message_count"]
    return totals
