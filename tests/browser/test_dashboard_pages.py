"""Every page in a real browser: it is drawn, its figures are those of the marts, and nothing is asked of other hosts."""

from __future__ import annotations

import io

import pyarrow.parquet as pq
import pytest

PAGES = {
    "overview": {},
    "campaigns": {"page": "campaigns"},
    "campaign": {"page": "campaigns", "campaign": "c-07"},
    "rings": {"page": "rings"},
    "ring": {"page": "rings", "ring": "r-big"},
    "origins": {"page": "origins"},
    "feeds": {"page": "feeds"},
}


@pytest.fixture(scope="module", autouse=True)
def _plain_night(night):
    night()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_every_page_is_drawn(read, width, scheme):
    tab = read(width=width, scheme=scheme)
    for name, asked in PAGES.items():
        page = tab.open(**asked)
        tab.shoot(f"{name}-{width}-{scheme}")
        assert page.locator('[data-testid="stException"]').count() == 0, name
        assert page.locator(".notice.missing").count() == 0, name
        assert page.locator(".notice", has_text="Nothing in this choice").count() == 0, name
        assert page.locator('[data-testid="stMain"]').evaluate("m => m.scrollWidth <= window.innerWidth"), name
        charts = page.locator('[data-testid="stVegaLiteChart"]').count()
        assert page.locator("details summary", has_text="Figures as a table").count() == charts, name
        assert page.locator(".source", has_text="Source: ").count() >= charts, name


def test_overview_says_what_the_marts_say(read, site):
    tab = read()
    tab.open()
    ((total, last),) = site.sql(
        "SELECT sum(message_count), sum(message_count) FILTER (month = '2005-06-01') FROM mart_volume_monthly"
    )
    assert tab.figure("Messages, all months") == f"{total:,}"
    assert tab.figure("Messages in 2005-06") == f"{last:,}"
    expected = site.sql("SELECT strftime(month, '%Y-%m'), feed, message_count FROM mart_volume_monthly ORDER BY 1, 2")
    shown = [
        (month, feed, int(count.replace(",", ""))) for month, feed, count, *_ in tab.rows("Messages by month and feed")
    ]
    assert shown == expected
    by_category = site.sql("SELECT sum(message_count) FROM mart_categories_monthly")
    shown = sum(int(count.replace(",", "")) for _, _, count, _ in tab.rows("Messages by month and category"))
    assert [(shown,)] == by_category
    (strip,) = tab.page.locator(".strip").all_inner_texts()
    assert "1 held" in strip and "newest mail 2005-06-20" in strip


def test_campaigns_are_those_of_the_marts(read, site):
    tab = read()
    tab.open(page="campaigns")
    expected = site.sql("SELECT campaign_id, message_count FROM dim_campaign ORDER BY message_count DESC, 1 LIMIT 25")
    assert [(row[0], int(row[4])) for row in tab.rows("Campaigns found")] == expected
    tab.page.locator('.rows[aria-label="Campaigns found"] a', has_text="c-47").click()
    tab.page.wait_for_selector("h1:has-text('Campaign c-47')")
    tab.settle()
    assert tab.figure("Messages") == "57"
    assert [row[2] for row in tab.rows("Messages by day")] == ["56", "1"]
    assert [row[1] for row in tab.rows("Texts")] == ["4", "2"]
    assert [row[-1] for row in tab.rows("Autonomous systems")] == ["55", "2"]


def test_a_ring_is_drawn_with_its_reasons_and_its_sheet(read, site):
    tab = read()
    page = tab.open(page="rings", ring="r-small")
    ((messages, campaigns, links),) = site.sql(
        "SELECT message_count, campaign_count, link_count FROM dim_ring WHERE ring_id = 'r-small'"
    )
    assert (tab.figure("Messages"), tab.figure("Campaigns"), tab.figure("Links")) == (
        f"{messages}",
        f"{campaigns}",
        f"{links}",
    )
    assert [row[:3] for row in tab.rows("Links and their reasons")] == [
        ["c-42", "c-43", "telephone number"],
        ["c-42", "c-43", "network of origin"],
    ]
    assert page.locator("text=Left out").count() == 0
    expected = site.sql("SELECT rule_id, indicator_count FROM ring_findings WHERE ring_id = 'r-small' ORDER BY 1")
    sheet = page.locator('.rows.cards[aria-label="Compliance sheet"] tbody tr').evaluate_all(
        "rows => rows.map(r => [r.cells[0].textContent, Number(r.cells[4].textContent)])"
    )
    assert [tuple(row) for row in sheet] == expected
    page = tab.open(page="rings", ring="r-big")
    assert "2 campaigns" in page.locator("text=Left out").inner_text()


def test_origins_and_feeds_are_those_of_the_marts(read, site):
    tab = read()
    tab.open(page="origins")
    expected = site.sql(
        "SELECT coalesce(country_code, 'not known'), sum(message_count) FROM mart_origins_monthly GROUP BY 1"
    )
    assert sorted((c, int(n)) for c, n in tab.rows("Countries")) == sorted(expected)
    tab.open(page="feeds")
    assert [row[:2] + row[5:6] for row in tab.rows("Periods to look at")] == [["2005-06-05", "trap-b", "1"]]
    assert tab.rows("What the gates said")[0][8] == "gates/run-1/index.html"
    with tab.page.expect_download() as caught:
        tab.page.get_by_role("button", name="Download the report").click()
    assert caught.value.path().read_text() == "<p>why it is held</p>"


@pytest.mark.parametrize("kind", ["CSV", "Parquet"])
def test_what_is_downloaded_is_what_the_mart_holds(read, site, kind):
    tab = read()
    tab.open(feed="trap-b")
    with tab.page.expect_download() as caught:
        tab.page.locator(".st-key-messages-by-month-and-feed-" + kind).get_by_role("button").click()
    content = caught.value.path().read_bytes()
    expected = site.sql(
        "SELECT strftime(month, '%Y-%m'), feed, message_count FROM mart_volume_monthly WHERE feed = 'trap-b' ORDER BY 1"
    )
    if kind == "Parquet":
        rows = [tuple(row.values())[:3] for row in pq.read_table(io.BytesIO(content)).to_pylist()]
    else:
        cells = [line.split(",") for line in content.decode().splitlines()[1:]]
        rows = [(month, feed, int(count)) for month, feed, count, *_ in cells]
    assert rows == expected
