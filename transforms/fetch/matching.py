"""The paths that a pattern matches, and the folders that could not be looked into: `glob` says nothing of those."""

from __future__ import annotations

import errno
import fnmatch
import glob
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from transforms.fetch.folder import is_hidden

OnError = Callable[[OSError], None]

NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)
"""Errors that say that a path leads nowhere."""


def match_paths(pattern: str, on_error: OnError) -> list[Path]:
    """The paths that match, in order: `*`, `?` and `[…]` within a name, `**` for folders of any depth.

    Hidden names match only a pattern that starts with a dot. What cannot be looked into goes to `on_error`, once.
    """
    errors: dict[str, OSError] = {}

    def note(error: OSError) -> None:
        errors.setdefault(error.filename, error)

    path = Path(pattern)
    found = {Path(path.anchor)}
    parts = path.relative_to(path.anchor).parts
    for part in (*parts, "*") if parts[-1:] == ("**",) else parts:
        found = {match for place in found for match in _step(place, part, note)}
    for error in errors.values():
        on_error(error)
    return sorted(found, key=str)


def _step(place: Path, part: str, on_error: OnError) -> Iterator[Path]:
    if part == "**":
        yield from _folders_below(place, on_error)
    elif glob.has_magic(part):
        for entry in _entries(place, on_error):
            if fnmatch.fnmatchcase(entry.name, part) and (part.startswith(".") or not is_hidden(entry.name)):
                yield place / entry.name
    elif _is_there(place / part, on_error):
        yield place / part


def _folders_below(top: Path, on_error: OnError) -> Iterator[Path]:
    """A folder and those below it; a link to a folder is followed, unless it leads back up."""
    waiting = [(top, frozenset())]
    while waiting:
        place, above = waiting.pop()
        key = os.path.realpath(place)
        if key not in above:
            yield place
            inside = [entry for entry in _entries(place, on_error) if not is_hidden(entry.name) and _is_folder(entry)]
            waiting += [(place / entry.name, above | {key}) for entry in inside]


def _is_folder(entry: os.DirEntry) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link into nowhere


def _entries(place: Path, on_error: OnError) -> list[os.DirEntry]:
    try:
        with os.scandir(place) as entries:
            return list(entries)
    except OSError as error:
        if error.errno not in NOT_THERE:
            on_error(error)
        return []


def _is_there(path: Path, on_error: OnError) -> bool:
    try:
        path.lstat()
    except OSError as error:
        if error.errno not in NOT_THERE:
            on_error(error)
        return False
    return True
