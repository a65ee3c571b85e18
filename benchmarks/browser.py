"""The dashboard as its readers have it: Streamlit over a lake's folder, and a headless Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
_DRAWN = """
() => [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')]
    .every(c => { const d = c.querySelector('canvas, svg'); return d && d.getBoundingClientRect().width > 50; })
"""


@contextmanager
def served(lake: Path) -> Iterator[str]:
    """Address of the dashboard over the lake, as `spamledger dashboard` starts it, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "transforms.cli", "--lake", str(lake), "dashboard", "--port", str(port)]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def _wait(url: str, process: subprocess.Popen) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("the dashboard ended before it was there")
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{url} does not answer")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser, as it is after its installation."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)


def settle(page: Page) -> None:
    """Wait until the page's script has ended and all its charts are drawn."""
    page.wait_for_selector(_SETTLED, timeout=60_000)
    page.wait_for_selector("h1", timeout=20_000)
    page.wait_for_function(_DRAWN, timeout=20_000)
