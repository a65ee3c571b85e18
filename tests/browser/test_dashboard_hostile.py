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
    drawn: document.querySelectorAll('[data-testid="stVegaLiteChart"] :is(script, foreignObject, image, img, b, h1)').length,
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
        assert page.evaluate(ALIVE) == {"pwned": None, "strangers": 0, "drawn": 0, "away": 0}, name
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


def test_what_a_chart_tells_under_the_pointer_is_text(read, night):
    night(feeds=(FEED,))
    tab = read()
    page = tab.open(page="feeds")
    page.locator('[data-testid="stVegaLiteChart"] .mark-rect path').nth(1).hover()
    tip = page.locator("#vg-tooltip-element.visible, .vg-tooltip.visible").first
    tip.wait_for(timeout=5000)
    assert "<b>x</b> **y** :red[z]" in tip.inner_text()
    assert tip.locator("b, img, script, a").count() == 0
    assert page.evaluate("window.pwned ?? null") is None
