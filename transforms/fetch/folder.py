"""Folders of message files: which messages they hold, and the tar of those that no earlier pull brought."""

from __future__ import annotations

import logging
import os
import stat
import tarfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from transforms.fetch.arrival import Member, Seen, SourceUnreachable, utc_from_nanoseconds
from transforms.fetch.stable import copy_stable

log = logging.getLogger(__name__)

Sources = dict[str, Path]
"""Message files by name, in order of name."""


def list_folder(folder: Path) -> Sources:
    """The message files of a Maildir (`cur` and `new`), or of a folder and those below it.

    Names are relative to the folder; that of a mail in a Maildir is its unique part, which stays when it is read or
    filed. Left out: hidden files, links out of the folder, and what is no plain file.
    """
    if (folder / "cur").is_dir() and (folder / "new").is_dir():
        paths = [path for place in ("cur", "new") for path in (folder / place).iterdir()]
        return _plain_files(folder, ((path.name.split(":2,")[0], path) for path in paths))
    return _plain_files(folder, ((str(path.relative_to(folder)), path) for path in _walk(folder)))


def _walk(folder: Path) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise error

    for place, folders, names in os.walk(folder, onerror=fail):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place) / name for name in names)


def _plain_files(folder: Path, named: Iterable[tuple[str, Path]]) -> Sources:
    found: Sources = {}
    for name, path in sorted(named):
        if not path.name.startswith(".") and is_plain_inside(path, folder):
            found.setdefault(printable_name(name), path)
    return found


def printable_name(name: str) -> str:
    """A file name as text that can be stored: bytes that are no UTF-8 are spelled out."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def is_plain_inside(path: Path, folder: Path) -> bool:
    """Whether a path is a plain file, or a link to one, inside the folder; nothing is opened to find out."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            log.warning("%s is passed over: not a plain file", path)
            return False
        if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
            log.warning("%s is passed over: it links out of its folder", path)
            return False
    except PermissionError:
        return True  # reported when it is read
    except OSError:
        return False  # gone, or a link to nothing
    return True


def pack(
    sources: Sources, target: BinaryIO, seen: Mapping[str, Seen], sleep: Callable[[float], None], troubles: list[str]
) -> Iterator[Member]:
    """Write the messages that `seen` does not know into one uncompressed tar, and yield each.

    The same messages always make the same bytes. What cannot be read is left out and noted in `troubles`.
    """
    for name, path in sources.items():
        try:
            member = _add(name, path, target, seen.get(name), sleep)
        except FileNotFoundError:
            continue
        except SourceUnreachable as trouble:
            troubles.append(str(trouble))
        except OSError as error:
            troubles.append(f"{path} cannot be read: {error.strerror}; check its permissions")
        else:
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
        return None
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
