"""How long the dashboard's pages take over a lake: from the address to the last chart."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page
from rich.console import Console
from rich.table import Table

from benchmarks.browser import chromium, served, settle

PAGES = ("", "?page=campaigns", "?page=rings", "?page=origins", "?page=feeds")
ROUNDS = 5


def compare(lake: Path) -> None:
    """Print a table: seconds of each page in a new browser, in one that knows Streamlit's scripts, and by its bar."""
    table = Table(
        "page", "new browser", "loaded again, median", "loaded again, worst", title="Seconds to the last chart"
    )
    with served(lake) as url, chromium() as browser:
        begun = _loaded(browser.new_page(), url)
        details = _details(browser, url)
        for asked in (*PAGES, *details):
            cold, again = _cold(browser, f"{url}/{asked}"), _again(browser.new_context(), f"{url}/{asked}")
            table.add_row(asked or "overview", *(f"{s:.2f}" for s in (cold, statistics.median(again), max(again))))
    Console(width=110).print(table, f"first page after the start, with all imports: {begun:.2f}")


def _details(browser: Browser, url: str) -> list[str]:
    """The largest campaign and the largest ring, as the lists link to them."""
    page, found = browser.new_page(), []
    for listing in ("campaigns", "rings"):
        _loaded(page, f"{url}/?page={listing}")
        found.append(page.locator(".rows.cards a").first.get_attribute("href"))
    return found


def _cold(browser: Browser, url: str) -> float:
    context = browser.new_context()
    seconds = _loaded(context.new_page(), url)
    context.close()
    return seconds


def _again(context: BrowserContext, url: str) -> list[float]:
    page = context.new_page()
    _loaded(page, url)
    seconds = [_loaded(page, url) for _ in range(ROUNDS)]
    context.close()
    return seconds


def _loaded(page: Page, url: str) -> float:
    begun = time.perf_counter()
    page.goto(url)
    settle(page)
    return time.perf_counter() - begun
