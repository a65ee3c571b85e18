"""Transports: from a feed's source to complete files in the inbox. One module a transport; nothing opens containers.

Sources are only read: nothing there is changed, moved or removed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from transforms.catalogue import CatalogueError, Feed, Period
from transforms.fetch.arrival import Arrival, Member, Seen, SourceUnreachable
from transforms.fetch.files import fetch_files
from transforms.fetch.http import fetch_http
from transforms.fetch.timing import Timing

__all__ = ["Arrival", "Member", "Seen", "SourceUnreachable", "fetch"]

_TRANSPORTS = {"file": fetch_files, "http": fetch_http, "https": fetch_http}


def fetch(
    feed: Feed,
    period: Period,
    inbox: Path,
    seen: Mapping[str, Seen],
    *,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Arrival]:
    """Pull what the feed's source holds for a period into the folder `inbox`.

    `seen` is the last delivery of each source name, from which a transport tells what did not change; only its `get` is
    called, in order of name within a folder. Yields at least one arrival unless it raises `SourceUnreachable`; what was
    yielded before that is good. A feed whose URL no transport understands is a `CatalogueError`. `sleep` waits between
    attempts, `clock` measures how fast a source sends.
    """
    transport = _TRANSPORTS.get(feed.scheme)
    if transport is None:
        known = ", ".join(f"{scheme}://" for scheme in _TRANSPORTS)
        raise CatalogueError(
            f"feed {feed.name!r}: key url: no transport for {feed.scheme}://; use a path, or one of {known}"
        )
    return transport(feed, period, inbox, seen, Timing(sleep, clock))
