"""What pulls have in common: their day, and what the next one knows of them."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from transforms.catalogue import Period
from transforms.fetch import Arrival, Seen

DAY = Period(date(2005, 3, 1), date(2005, 3, 1))


def as_seen(arrivals: list[Arrival]) -> dict[str, Seen]:
    """What the next pull knows of these arrivals."""
    items = [item for arrival in arrivals for item in arrival.members or (arrival,)]
    return {
        item.name: Seen(item.sha256, item.file_bytes, item.modified_at, getattr(item, "etag", None)) for item in items
    }


def refuse(paths, monkeypatch):
    """Make files and folders unreadable, even for root."""

    def refusing(original):
        def refuse(path, *rest, **keys):
            if Path(path) in paths:
                raise PermissionError(13, "Permission denied", str(path))
            return original(path, *rest, **keys)

        return refuse

    for name in ("open", "scandir"):
        monkeypatch.setattr(os, name, refusing(getattr(os, name)))
