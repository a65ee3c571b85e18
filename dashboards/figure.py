"""A chart or a table with its heading, its source, its night, its figures as text, and its downloads."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial, wraps

import altair as alt
import pyarrow as pa
import streamlit as st

from dashboards import markup
from dashboards.exports import as_csv, as_parquet
from dashboards.markup import Column
from dashboards.night import Night
from dashboards.query import Query, TablesMissing

MOST_ROWS = 400
"""Rows that are written beside a chart; the downloads have all."""
MOST_ON_A_PHONE = 4
"""Columns that fit a narrow screen side by side; a table with more becomes a list of cards there."""
_FOLDED = "Figures as a table"


def section(draw: Callable[..., None]) -> Callable[..., None]:
    """A part of a page that stands alone: what its publication lacks is said in its place, and the rest is shown."""

    @wraps(draw)
    def drawn(*given, **named) -> None:
        try:
            draw(*given, **named)
        except TablesMissing as lacks:
            missing(lacks)

    return drawn


def missing(lacks: TablesMissing) -> None:
    """The notice in place of what an older publication cannot say."""
    remedy = "It was made by an older version; run spamledger build --all, then spamledger publish."
    st.html(markup.notice("missing", f"This publication lacks {lacks}, or a column of it. {remedy}"))


def chart(
    night: Night, query: Query, table: pa.Table, title: str, drawn: Callable[[], alt.TopLevelMixin], remark: str = ""
) -> None:
    """A chart of the table; where it has no row, that is said instead."""
    with st.container(gap="xxsmall"):
        _chart(night, query, table, title, drawn, remark)


def _chart(night: Night, query: Query, table: pa.Table, title: str, drawn: Callable, remark: str) -> None:
    st.html(markup.heading(title, 3, remark))
    if not table.num_rows:
        st.html(markup.notice("empty", "Nothing in this choice of months and feeds."))
        return
    st.altair_chart(drawn(), width="stretch", alt=f"Chart: {title}. Its figures stand below it as a table.")
    rows = table.slice(0, MOST_ROWS)
    columns = [(name.replace("_", " "), name) for name in table.column_names]
    left = f" (first {MOST_ROWS} of {table.num_rows:,})" if table.num_rows > MOST_ROWS else ""
    st.html(markup.details(_FOLDED + left, markup.table(columns, rows.to_pylist(), title)))
    _sources(night, query, table, title)


def listing(
    night: Night,
    query: Query,
    table: pa.Table,
    title: str,
    columns: Sequence[Column],
    rows: list[dict],
    remark: str = "",
    empty: str = "Nothing in this choice of months and feeds.",
) -> None:
    """A table that is read as such: the rows as they are shown, and the arrow table that they were made of."""
    with st.container(gap="xxsmall"):
        st.html(markup.heading(title, 3, remark))
        if not rows:
            st.html(markup.notice("empty", empty))
            return
        st.html(markup.table(columns, rows, title, "cards" if len(columns) > MOST_ON_A_PHONE else ""))
        _sources(night, query, table, title)


def _sources(night: Night, query: Query, table: pa.Table, title: str) -> None:
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    stem = f"{name}-{night.published_at:%Y%m%d}-{night.snapshot_id}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for kind, written, mime in (("CSV", as_csv, "text/csv"), ("Parquet", as_parquet, "application/octet-stream")):
            st.download_button(
                kind,
                partial(written, table),
                f"{stem}.{kind.lower()}",
                mime,
                key=f"{name}-{kind}",
                help=f"{title}: download as {kind}",
                on_click="ignore",
                type="tertiary",
            )
        st.html(f'<span class="source">Source: {", ".join(query.tables)} · {night.label}</span>')
