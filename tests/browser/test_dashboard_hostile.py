"""Text of spam on every page: it is read as text, does nothing, and stays in its place."""

from __future__ import annotations

import re

import pytest

from tests.browser.test_dashboard_pages import PAGES
from tests.hostile_text import TEXTS

GROUPS = {
    "markup": ["script", "tags", "attribute", "style", "javascript", "template", "sql"],
    "markdown": ["markdown", "shortcodes", "formula", "links"],
    "floods": ["word", "marks", "emoji", "direction", "control", "invisible", "hebrew"],
}
NARROW = {name: PAGES[name] for name in ("campaigns", "campaign", "ring", "feeds")}
FEED = "<b>x</b> **y** :red[z] \u202e" + TEXTS["script"]
ALIVE = """
() => ({
    pwned: window.pwned ?? null,
    strangers: document.querySelectorAll('.stHtml :is(img, iframe, script, link, object, form, #pwned, [onfocus])').length,
    away: [...document.querySelectorAll('a')].filter(a => a.origin !== location.origin).length,
})
"""
STEERING = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u200f\ufeff\x00\x1b]")


@pytest.mark.parametrize(("group", "width"), [("markup", 1280), ("markdown", 390), ("floods", 390)])
def test_hostile_text_is_text(read, night, group, width):
    night(
        spam=" ".join(TEXTS[name][:80] for name in GROUPS[group]) + TEXTS["word"] * (group == "floods"),
        feeds=("a", FEED),
    )
    tab = read(width=width)
    for name, asked in PAGES.items() if group == "markup" else NARROW.items():
        page = tab.open(**asked)
        assert page.evaluate(ALIVE) == {"pwned": None, "strangers": 0, "away": 0}, name
        assert page.locator('[data-testid="stMain"]').evaluate("m => m.scrollWidth <= window.innerWidth"), name
        text = page.locator('[data-testid="stMain"]').evaluate("m => m.textContent")
        assert not STEERING.search(text), name
        assert "http://evil" not in text, name
        assert page.locator('[data-testid="stMain"] strong').count() == 0, name
        if name in ("campaign", "ring", "feeds"):
            tab.shoot(f"hostile-{group}-{name}-{width}")


@pytest.mark.parametrize(
    "written",
    ["<script>alert(1)</script><b>x</b>", "[a](b) ![c](d) **e** `f` | g | h |", ":red[i] :smile: $x^2$ &amp;"],
)
def test_a_subject_is_shown_as_it_was_written(read, night, written):
    night(spam=written)
    tab = read()
    tab.open(page="campaigns", campaign="c-00")
    assert tab.rows("Texts")[0][5] == written
    assert tab.page.locator("pre.spam").first.text_content() == written


def test_a_hostile_feed_can_be_chosen(read, night, site):
    night(feeds=("a", FEED))
    tab = read()
    page = tab.open()
    page.get_by_role("combobox", name="Feed").click()
    options = page.get_by_role("option").all_inner_texts()
    assert any(option.startswith("<b>x</b> **y** :red[z]") for option in options)
    assert page.locator('[role="option"] :is(b, strong, img)').count() == 0
