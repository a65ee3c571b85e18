from __future__ import annotations

from collections.abc import Callable

import pytest
from pulls import DAY

from transforms.catalogue import Feed
from transforms.fetch import Arrival, fetch


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def pauses():
    """Seconds that a pull waited between attempts."""
    return []


@pytest.fixture
def pull(inbox, pauses) -> Callable[..., list[Arrival]]:
    """Pull a URL for 2005-03-01; waiting is only noted, and may do something."""

    def pull(url, seen=None, meanwhile=lambda: None, **keys) -> list[Arrival]:
        def sleep(seconds: float) -> None:
            pauses.append(seconds)
            meanwhile()

        return list(fetch(Feed("trap", str(url), **keys), DAY, inbox, seen or {}, sleep=sleep))

    return pull
