"""One server and one browser for all tests of a process; each test publishes what it looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta

import pytest

from benchmarks.browser import CHROMIUM, chromium, served
from tests.browser import site as sites
from tests.tiny_publication import publish


@pytest.fixture(scope="session")
def opened() -> Iterator[object]:
    """The browser."""
    if not CHROMIUM:
        pytest.skip("no Chromium is installed (Debian: chromium), or CHROMIUM does not name one")
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def site(opened, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sites.Site]:
    """The dashboard over a lake of its own."""
    lake = tmp_path_factory.mktemp("lake")
    publish(lake)
    report = lake / "reports" / "gates" / "run-1" / "index.html"
    report.parent.mkdir(parents=True)
    report.write_text("<p>why it is held</p>")
    with served(lake) as url:
        yield sites.Site(url, lake)


@pytest.fixture(scope="session")
def browser(opened) -> object:
    """A visitor of the dashboard."""
    return opened.new_context(accept_downloads=True)


@pytest.fixture
def read(site: sites.Site, browser) -> Iterator[Callable[..., sites.Reader]]:
    """`read(width=1280, scheme="light")` opens a tab; what went wrong in it fails the test at its end."""
    with ExitStack() as tabs:
        opened: list[sites.Reader] = []

        def open_tab(**how) -> sites.Reader:
            opened.append(tabs.enter_context(sites.reader(browser, site, **how)))
            return opened[-1]

        yield open_tab
        assert [said for tab in opened for said in tab.complaints] == []


@pytest.fixture(scope="session")
def night(site: sites.Site) -> Callable[..., None]:
    """`night(**what)` publishes the next night, as `tiny_publication.publish` takes it."""
    clock = iter(datetime.now().replace(microsecond=0) - timedelta(hours=9) + timedelta(seconds=n) for n in range(999))

    def publish_next(**what) -> None:
        publish(site.lake, **({"published_at": next(clock)} | what))

    return publish_next
