"""The filters of a page, or what is said in place of its figures."""

from __future__ import annotations

import streamlit as st

from dashboards import figure, filters, markup
from dashboards.filters import Choice
from dashboards.night import Night


def chosen(night: Night, with_feed: bool = True) -> Choice | None:
    """What the filters ask for; None, when that is said, where the publication has no month or cannot tell."""
    try:
        choice = filters.choose(night, with_feed)
    except figure.TablesMissing as lacks:
        figure.missing(lacks)
        return None
    if choice is None:
        st.html(markup.notice("empty", "No month holds a message yet."))
    return choice
