"""The monthly report in a browser: it fits a screen, a telephone and a sheet, and asks for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.month import HOSTILE, answers, page


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    """A page whose texts are as hostile as they come."""
    path = tmp_path_factory.mktemp("report") / "2005-03-r1.html"
    path.write_text(page(answers(subject="".join(HOSTILE[:4]), domain=f"{'W' * 60}.example")), encoding="utf-8")
    return path


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_it_fits_the_screen_and_asks_for_nothing(opened, report, width, scheme):
    shown = opened.new_page(viewport={"width": width, "height": 844}, color_scheme=scheme)
    asked, said = [], []
    shown.on("request", lambda request: asked.append(request.url))
    shown.on("console", lambda message: said.append(message.text))
    shown.on("dialog", lambda dialog: said.append(dialog.message))
    shown.goto(report.as_uri())
    assert (asked, said) == ([report.as_uri()], [])
    assert shown.evaluate("document.documentElement.scrollWidth") == width
    paper = shown.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(20, 23, 27)")
    smallest = (
        "Math.min(...[...document.querySelectorAll('svg text')].map(text => text.getBoundingClientRect().height))"
    )
    assert shown.evaluate(smallest) > 7
    shown.close()


def test_no_drawing_is_cut_off(opened, report):
    shown = opened.new_page(viewport={"width": 1280, "height": 844})
    shown.goto(report.as_uri())
    outside = """[...document.querySelectorAll('svg text')].filter(text => {
        const own = text.getBoundingClientRect(), all = text.closest('svg').getBoundingClientRect();
        return text.textContent && (own.left < all.left - 2 || own.right > all.right + 2);
    }).map(text => text.textContent)"""
    assert shown.evaluate(outside) == []
    shown.close()


def test_it_prints_light_on_a4(opened, report):
    shown = opened.new_page(viewport={"width": 703, "height": 1000}, color_scheme="dark")
    shown.goto(report.as_uri())
    sheet = shown.pdf(prefer_css_page_size=True)
    assert sheet.startswith(b"%PDF") and b"/MediaBox [0 0 594.95996 841.91998]" in sheet
    shown.emulate_media(media="print")
    assert shown.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert shown.evaluate("document.documentElement.scrollWidth") <= 703
    shown.close()
