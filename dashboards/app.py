"""`streamlit run dashboards/app.py`: opens the newest publication of SPAMLEDGER_LAKE and shows one page of it."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1])]  # streamlit puts this folder there, and the package is one up

import streamlit as st  # noqa: E402

from dashboards import front  # noqa: E402
from dashboards.night import NothingPublished, open_night  # noqa: E402
from dashboards.views import campaigns, feeds, origins, overview, rings  # noqa: E402
from transforms.settings import Settings  # noqa: E402

PAGES = ((overview, "Overview"), (campaigns, "Campaigns"), (rings, "Rings"), (origins, "Origins"), (feeds, "Feeds"))


def main() -> None:
    """One run of one page."""
    st.set_page_config(page_title="spamledger", layout="wide", initial_sidebar_state="collapsed")
    front.style()
    lake = Settings.from_env().lake
    try:
        with open_night(lake) as night:
            pages = [st.Page(partial(view.show, night), title=title, url_path=title.lower()) for view, title in PAGES]
            st.navigation(pages, position="top").run()
    except NothingPublished as nothing:
        front.nothing_published(str(nothing), lake)


main()
