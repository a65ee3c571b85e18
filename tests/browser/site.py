"""The dashboard as its readers have it: Streamlit over a lake's folder, and a headless Chromium that takes notes."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import duckdb
from playwright.sync_api import BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "build" / "screenshots"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
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
        self.page.wait_for_selector(SETTLED, timeout=60_000)
        self.page.wait_for_selector("h1", timeout=20_000)
        self.page.wait_for_function(_DRAWN, timeout=20_000)
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


_DRAWN = """
() => [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')]
    .every(c => { const d = c.querySelector('canvas, svg'); return d && d.getBoundingClientRect().width > 50; })
"""


@contextmanager
def served(lake: Path) -> Iterator[Site]:
    """Streamlit over the lake, as `spamledger dashboard` starts it, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "transforms.cli", "--lake", str(lake), "dashboard", "--port", str(port)]
    log = (lake / "dashboard.log").open("wb")
    with log, subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT) as process:
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health", process)
            yield Site(f"http://127.0.0.1:{port}", lake)
        finally:
            process.terminate()


def _wait(url: str, process: subprocess.Popen) -> None:
    for _ in range(300):
        assert process.poll() is None, "the dashboard ended before it was there"
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} does not answer")


@contextmanager
def chromium() -> Iterator[BrowserContext]:
    """A headless browser, as it is after its installation."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS).new_context(accept_downloads=True)


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
