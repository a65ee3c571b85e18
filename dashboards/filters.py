"""Filters that live in the URL, so that a view can be shared; what the URL says and a mart does not know is ignored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboards.night import Night
from dashboards.query import Query
from dashboards.text import plain

ALL_FEEDS, ALL_CATEGORIES, ALL_STATES = "All feeds", "All categories", "All states"
STATES = ("new", "active", "returned", "dormant")
MONTHS_AT_FIRST = 24
"""Months that are shown until a reader asks for more."""
_MONTHS = Query(("mart_months",), "SELECT strftime(month, '%Y-%m') AS month FROM mart_months ORDER BY month")
_FEEDS = Query(("dim_feed",), "SELECT feed FROM dim_feed WHERE message_count > 0 OR is_enabled ORDER BY feed")
_CATEGORIES = Query(("dim_category",), "SELECT category_code AS code, name FROM dim_category ORDER BY name, code")


@dataclass(frozen=True)
class Choice:
    """What is asked for: months as `2005-06`, a feed or None for all."""

    first: str
    last: str
    feed: str | None = None

    @property
    def months(self) -> list[str]:
        """Every month from first to last, with mail or without."""
        numbers = [12 * int(month[:4]) + int(month[5:]) - 1 for month in (self.first, self.last)]
        return [f"{number // 12}-{number % 12 + 1:02}" for number in range(numbers[0], numbers[1] + 1)]

    @property
    def values(self) -> dict[str, Any]:
        """The values that queries name: first and last day of a month, and the feed."""
        return {"first": f"{self.first}-01", "last": f"{self.last}-01", "feed": self.feed}


def months(night: Night) -> list[str]:
    """Every month with mail, as `2005-06`, in order."""
    return night.ask(_MONTHS).column("month").to_pylist()


def choose(night: Night, with_feed: bool = True) -> Choice | None:
    """The row of filters; None when there is no month yet."""
    known = months(night)
    if not known:
        return None
    with st.container(horizontal=True, key="filters"):
        first = st.selectbox("From", known, max(0, len(known) - MONTHS_AT_FIRST), key="from", **_bound())
        last = st.selectbox("To", known, len(known) - 1, key="to", **_bound())
        feed = one_of("Feed", ALL_FEEDS, feeds(night), "feed") if with_feed else None
    return Choice(*sorted((first, last)), feed)


def feeds(night: Night) -> list[str]:
    """Names of the feeds."""
    return night.ask(_FEEDS).column("feed").to_pylist()


def categories(night: Night) -> dict[str, str]:
    """Name of each category by its code."""
    if "dim_category" not in night.tables:
        return {}
    return {row["code"]: row["name"] for row in night.ask(_CATEGORIES).to_pylist()}


def one_of(label: str, none: str, options: list[str], key: str) -> str | None:
    """One of the options, or None for all of them."""
    chosen = st.selectbox(label, [none, *options], key=key, **_bound())
    return None if chosen == none else chosen


def page_of(pages: int) -> int:
    """The number of the page of a list, 1 when there is but one."""
    if pages < 2:
        return 1
    return st.selectbox(f"Page of {pages}", range(1, pages + 1), key="list", bind="query-params", width=100)


def search(label: str, placeholder: str, key: str) -> str:
    """Words to look for, at most 100 characters, inert."""
    typed = st.text_input(label, key=key, max_chars=100, placeholder=placeholder, bind="query-params")
    return plain(typed, 100)


def asked(name: str) -> str | None:
    """The id in the URL under a name, inert and short; None when there is none."""
    return plain(st.query_params.get(name), 80) or None


def _bound() -> dict[str, Any]:
    return {"bind": "query-params", "width": 170}
