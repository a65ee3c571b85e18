"""What a pull brings, and what is known from earlier ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

_EPOCH = datetime(1970, 1, 1)


class SourceUnreachable(Exception):
    """A source could not be read; the message says which, why, and what to do. What arrived before is good."""


@dataclass(frozen=True)
class Seen:
    """The last delivery of a source file: its digest, size, and what the source said of its version."""

    sha256: str | None = None
    file_bytes: int | None = None
    modified_at: datetime | None = None
    etag: str | None = None


@dataclass(frozen=True)
class Member:
    """A message file of a folder. `outcome` is `new` when it was packed, `unchanged` when only its time changed.

    `modified_at` is UTC, without a zone.
    """

    name: str
    sha256: str
    file_bytes: int
    modified_at: datetime
    outcome: str = "new"


@dataclass(frozen=True)
class Arrival:
    """What a pull found under one name.

    `outcome` is `new` (then `path` is the complete file, synced to disk, in the inbox), `unchanged` or `absent`.
    `name` is relative to the feed's URL and None when nothing was there; `source_url` is without credentials.
    `members` lists what a packed folder brought; of an `unchanged` one, the files with the bytes of their last delivery
    and another modification time: there is no `path`, and their bytes lie in an earlier load.
    """

    outcome: str
    name: str | None
    source_url: str
    path: Path | None = None
    sha256: str | None = None
    file_bytes: int | None = None
    etag: str | None = None
    modified_at: datetime | None = None
    members: tuple[Member, ...] = ()


def utc_from_nanoseconds(since_epoch: int) -> datetime:
    """A file's modification time to the microsecond, UTC, without a zone: what the tables can hold."""
    return _EPOCH + timedelta(microseconds=since_epoch // 1000)
