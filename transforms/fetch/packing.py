"""The tar of a folder's messages that no earlier pull brought."""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from transforms.fetch.arrival import Member, Seen, utc_from_nanoseconds
from transforms.fetch.folder import Sources
from transforms.fetch.stable import copy_stable
from transforms.fetch.troubles import Troubles


def pack(
    sources: Sources, target: BinaryIO, seen: Mapping[str, Seen], sleep: Callable[[float], None], troubles: Troubles
) -> Iterator[Member]:
    """Write the messages that `seen` does not know into one uncompressed tar, and yield each; also those only touched.

    The same messages always make the same bytes. What cannot be read is left out and noted in `troubles`.
    """
    for name, path in sources.items():
        with troubles.of(path):
            member = _add(name, path, target, seen.get(name), sleep)
            if member:
                yield member
    target.write(bytes(2 * tarfile.BLOCKSIZE))


def _add(name: str, path: Path, target: BinaryIO, known: Seen | None, sleep: Callable[[float], None]) -> Member | None:
    state = path.stat()
    modified_at = utc_from_nanoseconds(state.st_mtime_ns)
    if known and (known.file_bytes, known.modified_at) == (state.st_size, modified_at):
        return None
    start = target.tell()
    target.write(bytes(len(_header(name, state.st_size))))
    try:
        copied = copy_stable(path, target, sleep)
    except Exception:
        _cut(target, start)
        raise
    if known and known.sha256 == copied.sha256:
        _cut(target, start)
        return Member(name, copied.sha256, copied.file_bytes, copied.modified_at, "unchanged")
    target.write(bytes(-copied.file_bytes % tarfile.BLOCKSIZE))
    end = target.tell()
    target.seek(start)
    target.write(_header(name, copied.file_bytes))
    target.seek(end)
    return Member(name, copied.sha256, copied.file_bytes, copied.modified_at)


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size = size
    return info.tobuf(tarfile.PAX_FORMAT)


def _cut(target: BinaryIO, end: int) -> None:
    target.seek(end)
    target.truncate()
