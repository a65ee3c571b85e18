"""`streamlit run dashboards/app.py`: opens the newest publication of SPAMLEDGER_LAKE and shows one page of it.

Pages are told apart by the parameter `page`, and all lie at one address: below another, Streamlit's own script asks for
files in vain before it finds them, and filters would be forgotten from page to page.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1])]  # streamlit puts this folder there, and the package is one up

import streamlit as st  # noqa: E402

from dashboards import front  # noqa: E402
from dashboards.night import NothingPublished, open_night  # noqa: E402
from dashboards.views import campaigns, feeds, origins, overview, rings  # noqa: E402
from transforms.settings import Settings  # noqa: E402

PAGES = {"overview": overview, "campaigns": campaigns, "rings": rings, "origins": origins, "feeds": feeds}


def main() -> None:
    """One run of one page."""
    st.set_page_config(page_title="spamledger", layout="wide")
    front.style()
    try:
        with open_night(Settings.from_env().lake) as night:
            PAGES[front.page(list(PAGES))].show(night)
    except NothingPublished as nothing:
        front.nothing_published(str(nothing))


main()
