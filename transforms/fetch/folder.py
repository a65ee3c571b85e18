"""Folders of message files: which messages they hold, and by which names."""

from __future__ import annotations

import filecmp
import logging
import os
import stat
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from transforms.fetch.arrival import SourceUnreachable
from transforms.fetch.troubles import Troubles

log = logging.getLogger(__name__)

Sources = dict[str, Path]
"""Message files by name, in order of name."""


def list_folder(folder: Path, troubles: Troubles) -> Sources:
    """The message files of a folder and those below it; of a Maildir, wherever it lies, those in `cur` and `new`.

    Names are relative to the folder; that of a mail in a Maildir ends with its unique part, which stays when it is read
    or filed. Left out: hidden files, links out of the folder, and what is no plain file. Folders that cannot be listed
    are noted in `troubles`. Raises `SourceUnreachable` for a folder whose every file is a link that is left out.
    """
    named = [(name, path) for name, path in _walk(folder, troubles.note) if not is_hidden(path.name)]
    found: Sources = {}
    for name, path in sorted(named):
        if is_plain_inside(path, folder):
            _add(found, name, path, folder)
    if not found and any(path.is_symlink() for _, path in named):
        raise SourceUnreachable(f"{folder}: holds only links that lead out of it; put the files themselves there")
    return dict(sorted(found.items()))


def _walk(folder: Path, on_error: Callable[[OSError], None]) -> Iterator[tuple[str, Path]]:
    for text, folders, files in os.walk(folder, onerror=on_error):
        place = Path(text)
        prefix = place.relative_to(folder)
        if "cur" in folders and {"new", "tmp"} & {*folders}:
            folders.clear()
            for name, path in _mails(place, on_error):
                yield printable_name(str(prefix / name)), path
        else:
            folders[:] = [name for name in folders if not is_hidden(name)]
            links = [name for name in folders if (place / name).is_symlink()]
            for name in files + links:
                yield printable_name(str(prefix / name)), place / name


def _mails(maildir: Path, on_error: Callable[[OSError], None]) -> Iterator[tuple[str, Path]]:
    """The mails of a Maildir by their unique names: without flags, and wherever they are filed."""
    for part in ("cur", "new"):
        for place, _, names in islice(os.walk(maildir / part, onerror=on_error), 1):
            yield from ((name.split(":2,")[0], Path(place) / name) for name in names)


def _add(found: Sources, name: str, path: Path, folder: Path) -> None:
    """Add a file; one whose name is taken by other bytes is added under its whole path."""
    taken = found.setdefault(name, path)
    if taken is not path and not _is_same(taken, path):
        found[printable_name(str(path.relative_to(folder)))] = path


def _is_same(one: Path, other: Path) -> bool:
    try:
        return filecmp.cmp(one, other, shallow=False)
    except OSError:
        return False  # reported when it is read


def is_hidden(name: str) -> bool:
    """Whether a file or folder of this name is none of the source's mail."""
    return name.startswith(".") or name == "lost+found"


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
