"""A reader of the dashboard who takes notes of what goes wrong, and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import duckdb
from playwright.sync_api import BrowserContext, Page

from benchmarks.browser import ROOT, settle

SHOTS = ROOT / "build" / "screenshots"
TALLEST = 8000


@dataclass
class Site:
    """Where the dashboard is served, and the lake that it shows."""

    url: str
    lake: Path

    def sql(self, query: str, *values) -> list[tuple]:
        """Rows of a query on the marts that readers see."""
        with duckdb.connect(self.lake / "published" / "marts.duckdb", read_only=True) as con:
            return con.execute(query, values).fetchall()


@dataclass
class Reader:
    """A tab, and what went wrong in it."""

    site: Site
    page: Page
    complaints: list[str] = field(default_factory=list)

    def open(self, **asked: str) -> Page:
        """Load a page by its parameters and wait until it is drawn."""
        self.page.goto(f"{self.site.url}/?{urlencode(asked)}" if asked else self.site.url)
        return self.settle()

    def settle(self) -> Page:
        """Wait until nothing runs and all charts are drawn."""
        settle(self.page)
        return self.page

    def figure(self, label: str) -> str:
        """The value of a key figure."""
        return self.page.locator(".figure", has_text=label).locator(".value").first.inner_text()

    def rows(self, title: str) -> list[list[str]]:
        """The cells of the table with that title, folded away or not."""
        found = self.page.locator(f'.rows[aria-label="{title}"] table').first
        return found.evaluate("t => [...t.tBodies[0].rows].map(r => [...r.cells].map(c => c.textContent))")

    def shoot(self, name: str) -> None:
        """The whole page as a picture among the output of the tests."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        size = self.page.viewport_size
        height = self.page.locator('[data-testid="stMain"]').evaluate("m => m.scrollHeight")
        self.page.set_viewport_size({"width": size["width"], "height": min(height + 20, TALLEST)})
        self.page.wait_for_timeout(300)
        self.page.screenshot(path=SHOTS / f"{name}.png")
        self.page.set_viewport_size(size)


@contextmanager
def reader(context: BrowserContext, site: Site, width: int = 1280, scheme: str = "light") -> Iterator[Reader]:
    """A tab of its own that notes errors on the console and in scripts, and requests to other hosts.

    Tabs share the context, and with it what has been loaded of Streamlit's own scripts.
    """
    found = Reader(site, context.new_page())
    found.page.set_viewport_size({"width": width, "height": 900})
    found.page.emulate_media(color_scheme=scheme)
    note = found.complaints.append
    found.page.on("console", lambda said: note(f"console: {said.text}") if said.type == "error" else None)
    found.page.on("pageerror", lambda error: note(f"script: {error}"))
    found.page.on("request", lambda asked: None if _is_own(site, asked.url) else note(f"request: {asked.url}"))
    found.page.on("websocket", lambda ws: None if _is_own(site, ws.url) else note(f"websocket: {ws.url}"))
    try:
        yield found
    finally:
        found.page.close()


def _is_own(site: Site, url: str) -> bool:
    return url.startswith((site.url, site.url.replace("http:", "ws:"), "data:", "blob:"))
