"""Copies a file while it may still be written, and notices when it was."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from transforms.fetch.arrival import SourceUnreachable, utc_from_nanoseconds

ATTEMPTS = 4
PAUSE_SECONDS = 1.0
_PIECE = 1 << 20


@dataclass(frozen=True)
class Copied:
    """The digest, size and modification time of a file that stayed the same while it was copied."""

    sha256: str
    file_bytes: int
    modified_at: datetime


def open_plain(path: Path) -> BinaryIO:
    """Open a plain file for reading; raises `SourceUnreachable` for pipes, sockets and devices, without waiting."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise SourceUnreachable(f"{path} is not a plain file; name one, or a folder, in the feed's url")
    return os.fdopen(handle, "rb")


def copy_stable(source: Path, target: BinaryIO, sleep: Callable[[float], None]) -> Copied:
    """Append a file to `target`, again from where it started when the file changes meanwhile.

    Raises `SourceUnreachable` when it changes in every attempt, `OSError` when it cannot be read.
    """
    start = target.tell()
    for attempt in range(ATTEMPTS):
        if attempt:
            sleep(PAUSE_SECONDS)
            target.seek(start)
            target.truncate()
        with open_plain(source) as file:
            before = os.fstat(file.fileno())
            digest, size = _copy(file, target)
        after = source.stat()
        if (before.st_ino, before.st_size, before.st_mtime_ns) == (after.st_ino, size, after.st_mtime_ns):
            return Copied(digest, size, utc_from_nanoseconds(after.st_mtime_ns))
    target.seek(start)
    target.truncate()
    raise SourceUnreachable(f"{source} is still being written; let the next pull take it, or deliver it by renaming")


def _copy(file: BinaryIO, target: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while data := file.read(_PIECE):
        digest.update(data)
        target.write(data)
        size += len(data)
    return digest.hexdigest(), size
