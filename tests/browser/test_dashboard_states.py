"""Filters in the URL, keys, and the states that are no accidents: empty, partial, stale, a publish under way."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest

from tests.tiny_publication import point, publish


def test_filters_come_from_the_url_and_go_there(read, night):
    night()
    tab = read()
    page = tab.open(**{"page": "campaigns", "from": "2005-06", "feed": "trap-a", "category": "Adult", "q": "r-small"})
    assert tab.rows("Campaigns found")[0][0] == "c-42"
    assert page.locator("text=1 campaigns with 52 messages").count() == 1
    page.get_by_role("combobox", name="State").click()
    page.get_by_role("option", name="dormant").click()
    page.wait_for_url("**state=dormant**")
    page.wait_for_selector("text=No campaign fits")
    page.get_by_role("radio", name="origins").or_(page.get_by_role("button", name="origins")).first.click()
    page.wait_for_selector("h1:has-text('Origins')")
    tab.settle()
    assert "page=origins" in page.url and "from=2005-06" in page.url
    assert tab.figure("Messages") == "200"


@pytest.mark.parametrize(
    "asked",
    [
        {"page": "<script>alert(1)</script>"},
        {"page": "campaigns", "campaign": "'; DROP TABLE dim_campaign; --", "from": "9999-99", "list": "-1"},
        {"page": "campaigns", "q": "%_\\'\"<b>\x00\u202e" + "a" * 3000, "order": "1; --", "state": "x"},
        {"page": "rings", "ring": "<img src=x onerror=alert(1)>", "find": "[.*", "to": "2005-04", "from": "2005-06"},
        {"page": "feeds", "feed": "../../etc", "from": ""},
    ],
)
def test_strange_parameters_harm_nothing(read, night, asked):
    tab = read()
    page = tab.open(**asked)
    assert page.locator('[data-testid="stException"]').count() == 0
    assert page.locator(".stHtml :is(img, script)").count() == 0
    assert page.locator("h1").count() == 1


def test_pages_are_reached_by_keys(read, night):
    tab = read()
    page = tab.open()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.st-key-page') !== null"):
            break
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Campaigns')")
    tab.settle()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.stHtml a')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Campaign c-')")


def test_a_lake_without_a_night_says_what_to_do(read, site):
    (site.lake / "published").rename(site.lake / "hidden")
    try:
        tab = read()
        page = tab.open()
        assert "No night to show yet" in page.locator(".blank").inner_text()
        assert "spamledger run --from" in page.locator(".blank code").inner_text()
        assert str(site.lake) not in page.content()
        tab.shoot("state-nothing-published")
    finally:
        (site.lake / "hidden").rename(site.lake / "published")


@pytest.mark.parametrize(
    ("name", "what", "kinds", "words"),
    [
        (
            "stale",
            {"published_at": datetime(2005, 7, 1, 4)},
            {"held", "stale", "partial"},
            "nights since have not come",
        ),
        ("no-mail", {"is_empty": True}, {"empty"}, "No message has been captured yet"),
        (
            "older",
            {"without": ("mart_categories_monthly",)},
            {"held", "stale", "partial", "missing"},
            "lacks mart_categ",
        ),
        ("no-months", {"without": ("mart_months",)}, {"held", "stale", "missing"}, "lacks mart_months"),
    ],
)
def test_states_are_said_in_words(read, night, name, what, kinds, words):
    night(**what)
    tab = read(scheme="dark")
    page = tab.open()
    tab.shoot(f"state-{name}")
    assert {
        found for found in ("held", "stale", "partial", "missing", "empty") if page.locator(f".notice.{found}").count()
    } >= kinds
    assert page.locator(".notice", has_text=words).count() >= 1


@pytest.mark.parametrize("page_name", ["campaigns", "rings", "origins", "feeds"])
def test_no_page_fails_on_a_lake_without_mail(read, night, page_name):
    night(is_empty=True)
    page = read().open(page=page_name)
    assert page.locator('[data-testid="stException"]').count() == 0
    assert page.locator(".notice.empty").count() >= 1


def test_later_marts_that_are_not_there_are_named_and_the_rest_is_shown(read, night):
    night(without=("mart_ring_links", "campaign_templates", "mart_gate_runs", "mart_campaign_origins_monthly"))
    tab = read()
    for table, asked in {
        "mart_ring_links": {"page": "rings", "ring": "r-big"},
        "campaign_templates": {"page": "campaigns", "campaign": "c-01"},
        "mart_gate_runs": {"page": "feeds"},
    }.items():
        page = tab.open(**asked)
        assert page.locator(".notice.missing", has_text=table).count() >= 1
        assert page.locator('[data-testid="stVegaLiteChart"]').count() >= 1


def test_a_reader_during_publishes_sees_whole_nights(read, site):
    at = datetime.now().replace(microsecond=0) - timedelta(hours=1)
    nights = [publish(site.lake, at + timedelta(seconds=n), scale=n + 1) for n in range(3)]
    ended = threading.Event()

    def swap():
        turn = 0
        while not ended.wait(0.02):
            point(site.lake, nights[turn % 3])
            turn += 1

    swapper = threading.Thread(target=swap)
    swapper.start()
    seen = set()
    try:
        tab = read()
        tab.open()
        for turn in range(8):
            seen.add(_consistent(tab))
            tab.page.get_by_role("combobox", name="To").click()
            tab.page.get_by_role("option", name=("2005-05", "2005-06")[turn % 2]).click()
            tab.page.wait_for_selector(f".figure:has-text('Messages in {('2005-05', '2005-06')[turn % 2]}')")
            tab.settle()
    finally:
        ended.set()
        swapper.join()
    assert len(seen) > 1


def _consistent(tab) -> int:
    """The snapshot that the page says it is of; every source and figure must be of it."""
    scales = {int(text.rsplit(" ", 1)[1]) for text in tab.page.locator(".source").all_inner_texts()}
    assert len(scales) == 1
    (scale,) = scales
    months = [row[0] for row in tab.rows("Messages by month and feed")]
    assert tab.figure("Messages, all months") == f"{scale * (1800 if '2005-06' in months else 900):,}"
    assert int(tab.figure("Campaigns in")) in (48, 0)
    assert tab.rows("How each month stands")[0][6] == f"{scale * 900:,}"
    return scale
