"""Campaigns: a list to search, and a page for each."""

from __future__ import annotations

import streamlit as st

from dashboards import figure, filters, front, markup, names
from dashboards.figure import section
from dashboards.filters import ALL_CATEGORIES, ALL_STATES, STATES
from dashboards.markup import mapped
from dashboards.night import Night
from dashboards.queries import campaigns as asked
from dashboards.text import fanged
from dashboards.views import campaign
from dashboards.views.chosen import chosen


def show(night: Night) -> None:
    """The list, or the campaign that the URL names."""
    wanted = filters.asked("campaign")
    try:
        known = campaign.present(night, wanted) if wanted else None
        if known:
            return campaign.show(night, known)
        return _list(night, wanted)
    except figure.TablesMissing as lacks:
        return figure.missing(lacks)


def _list(night: Night, unknown: str | None) -> None:
    front.masthead(night, "Campaigns", "Messages that share a text, a link, a file or a contact.")
    if unknown:
        st.html(markup.notice("missing", f"No campaign {unknown} in this night. All of them:"))
    if not (choice := chosen(night)):
        return
    kinds = {name: code for code, name in filters.categories(night).items()}
    with st.container(horizontal=True, key="more-filters"):
        words = filters.search("Search", "subject, domain, campaign or ring", "q")
        category = filters.one_of("Category", ALL_CATEGORIES, list(kinds), "category")
        state = filters.one_of("State", ALL_STATES, list(STATES), "state")
        order = st.selectbox("Order", list(asked.ORDERS), key="order", bind="query-params", width=170)
        values = choice.values | {"words": fanged(words), "category": kinds.get(category), "state": state}
        count = night.ask(asked.COUNT, **values).to_pylist()[0]
        page = filters.page_of(-(-count["campaigns"] // asked.PAGE_ROWS))
    _found(night, order, page, values, count)


@section
def _found(night: Night, order: str, page: int, values: dict, count: dict) -> None:
    query, skipped = asked.found(order), (page - 1) * asked.PAGE_ROWS
    table = night.ask(query, skipped=skipped, **values)
    rows = mapped(
        table.to_pylist(),
        id=lambda row: names.campaign(row["campaign_id"]),
        ring=lambda row: names.ring(row["ring_id"]),
        first=lambda row: row["first_seen_at"].date(),
        last=lambda row: row["last_seen_at"].date(),
    )
    remark = f"{count['campaigns']:,} campaigns with {count['messages']:,} messages in the months chosen."
    if count["campaigns"] > len(rows):
        remark += f" {skipped + 1:,} to {skipped + len(rows):,} are shown; the downloads have all."
    empty = "No campaign fits. Take a filter away, or a wider span of months."
    figure.listing(night, query, _whole(night, table, values), "Campaigns found", _COLUMNS, rows, remark, empty)


def _whole(night: Night, table, values: dict):
    """What the downloads hold: all that was found, not this page of it."""
    return night.ask(asked.ALL_FOUND, **values) if table.num_rows else table


_COLUMNS = [
    ("Campaign", "id"),
    ("Subject", "subject"),
    ("Category", "category"),
    ("State", "state"),
    ("Messages", "messages"),
    ("First seen", "first"),
    ("Last seen", "last"),
    ("Top domain", "top_domain"),
    ("Ring", "ring"),
]
