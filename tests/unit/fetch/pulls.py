"""What pulls have in common: their day, and what the next one knows of them."""

from __future__ import annotations

from datetime import date

from transforms.catalogue import Period
from transforms.fetch import Arrival, Seen

DAY = Period(date(2005, 3, 1), date(2005, 3, 1))


def as_seen(arrivals: list[Arrival]) -> dict[str, Seen]:
    """What the next pull knows of these arrivals."""
    items = [item for arrival in arrivals for item in arrival.members or (arrival,)]
    return {
        item.name: Seen(item.sha256, item.file_bytes, item.modified_at, getattr(item, "etag", None)) for item in items
    }
