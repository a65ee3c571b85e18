"""Station 1: bytes as pulled, under their SHA-256, with a receipt.

A file goes through three states, so that a kill at any moment loses nothing: complete in the inbox under its digest;
receipted in `loads` and `deliveries`, in one transaction; moved to its landed place. What a kill leaves in the inbox is
settled by the next pull: receipted files are moved, the others are pulled again.
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

from transforms.fetch import Arrival, fetch
from transforms.settings import Settings
from transforms.steps.batch import Batch
from transforms.steps.receipts import seen, write_receipts

_DIGEST = re.compile(r"[0-9a-f]{64}")


def land(settings: Settings, feed: str, load_date: date) -> dict:
    """Pull what is new at the feed's source for the period.

    Returns `outcomes` (files by outcome) and `load_ids` (new loads). Raises SourceUnreachable; what arrived before
    the source failed is kept.
    """
    batch = Batch.of(settings, feed, load_date)
    with batch.lock():
        inbox = batch.lake.inbox(feed, batch.load_date)
        inbox.mkdir(parents=True, exist_ok=True)
        settle(batch, inbox)
        arrivals: list[Arrival] = []
        try:
            for arrival in fetch(batch.feed, batch.period, inbox, seen(batch)):
                if arrival.path:
                    os.replace(arrival.path, inbox / arrival.sha256)
                arrivals.append(arrival)
        finally:
            summary = write_receipts(batch, arrivals)
            settle(batch, inbox)
    return summary


def settle(batch: Batch, inbox: Path) -> None:
    """Move receipted files of the inbox to their landed place and drop files that no receipt names."""
    waiting = [path for path in inbox.iterdir() if _DIGEST.fullmatch(path.name)]
    if not waiting:
        return
    receipted = {row["sha256"] for row in batch.loads("landed", "published", "held", "superseded")}
    for path in waiting:
        place = batch.lake.landed(batch.feed.name, path.name)
        if path.name in receipted and not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, place)
            _sync_folder(place.parent)
        else:
            path.unlink()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
