"""What stands on top of every page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from dashboards import markup
from dashboards.freshness import Notice, notices
from dashboards.night import Night
from dashboards.queries import status
from dashboards.query import Query, TablesMissing
from dashboards.text import html

_STYLE = Path(__file__).with_name("style.css")


def style() -> None:
    """The look of all pages."""
    st.html(_STYLE.read_text())


def page(names: list[str]) -> str:
    """The bar of pages, and which one is asked for; the first when the URL names none."""
    chosen = st.segmented_control(
        "Page",
        names,
        default=names[0],
        required=True,
        key="page",
        label_visibility="collapsed",
        on_change=_leave,
        bind="query-params",
    )
    return chosen or names[0]


def _leave() -> None:
    """What was open on the page before is not asked of the next."""
    for name in ("campaign", "ring"):
        st.query_params.pop(name, None)


def masthead(night: Night, title: str, remark: str) -> None:
    """Title, night, and what must be known before a figure is believed."""
    newest = _first(night, status.NEWEST).get("newest")
    open_months = [row["month"] for row in _rows(night, status.MONTHS) if row["month_state"] != "closed"]
    held = [(row["feed"], row["period"], row["held_load_count"]) for row in _rows(night, status.HELD)]
    label = night.label[:1].upper() + night.label[1:]
    st.html(
        f"{markup.heading(title, 1, remark)}<div class='strip'><span>{html(label)}</span>"
        f"<span>newest mail {newest or 'none'}</span><span>{_gate_state(held)}</span></div>"
    )
    now = datetime.now(UTC).replace(tzinfo=None)
    said = notices(night.published_at, now, newest, sorted(open_months), held)
    said += _unknown(night)
    if said:
        st.html("".join(markup.notice(each.kind, each.text) for each in said))


def nothing_published(reason: str) -> None:
    """The page of a lake that no night has been published from."""
    st.html(
        f"{markup.heading('spamledger', 1)}<div class='blank'>{markup.heading('No night to show yet', 2)}"
        f"<p>{html(reason, 600)}</p><p>Publish one, then load this page again:</p>"
        "<code>spamledger run --from YYYY-MM-DD</code></div>"
    )


def _gate_state(held: list) -> str:
    return f"{sum(count for *_, count in held)} held" if held else "no load held"


def _unknown(night: Night) -> list[Notice]:
    missing = [name for query in (status.MONTHS, status.NEWEST, status.HELD) for name in query.tables]
    missing = [name for name in missing if name not in night.tables]
    text = f"This publication lacks {', '.join(missing)}: run spamledger build --all, then spamledger publish."
    return [Notice("missing", text)] if missing else []


def _rows(night: Night, query: Query) -> list[dict]:
    try:
        return night.ask(query).to_pylist()
    except TablesMissing:
        return []


def _first(night: Night, query: Query) -> dict:
    return next(iter(_rows(night, query)), {})
