"""What a container reader yields: the bytes of one message, or a place that it could not read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class RawMessage:
    """One message as captured, without mbox quoting and envelope line.

    `entry_name` labels the archive entry or folder file that held it; `byte_offset` counts in the decompressed file.
    `envelope_from` and `envelope_at` (UTC, without a zone) come from the mbox envelope line, where there is one.
    """

    content: bytes
    entry_name: str | None = None
    byte_offset: int = 0
    envelope_from: str | None = None
    envelope_at: datetime | None = None


@dataclass(slots=True)
class BrokenPlace:
    """A place in a container that holds no readable message: a reason of the rejects table, and what to know of it."""

    reason: str
    detail: str
    entry_name: str | None = None
    byte_offset: int = 0
