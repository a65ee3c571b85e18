"""Local sources: a file, a glob, a folder of message files, a Maildir."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from transforms.feed import Feed, Period
from transforms.feeds.magic import HEAD_BYTES, sniff
from transforms.fetch.arrival import Arrival, Seen, SourceUnreachable, utc_from_nanoseconds
from transforms.fetch.folder import Sources, is_plain_inside, list_folder, pack, printable_name
from transforms.fetch.inbox import finish, part_path
from transforms.fetch.stable import copy_stable, open_plain


def fetch_files(
    feed: Feed, period: Period, inbox: Path, seen: Mapping[str, Seen], sleep: Callable[[float], None]
) -> Iterator[Arrival]:
    """Copy the file, or each file that a glob matches; pack message files into one tar of those not seen before.

    Raises `SourceUnreachable` for what cannot be read, after all that can.
    """
    return _Pull(feed, feed.url_for(period), inbox, seen, sleep).arrivals()


class _Pull:
    """One look at one local URL."""

    def __init__(
        self, feed: Feed, url: str, inbox: Path, seen: Mapping[str, Seen], sleep: Callable[[float], None]
    ) -> None:
        self._feed = feed
        self._url = url
        self._inbox = inbox
        self._seen = seen
        self._sleep = sleep
        self._troubles: list[str] = []

    def arrivals(self) -> Iterator[Arrival]:
        is_empty = True
        for arrival in self._found():
            is_empty = False
            yield arrival
        if self._troubles:
            raise SourceUnreachable("; ".join(self._troubles))
        if is_empty:
            if not Path(self._feed.fixed_folder or "/").is_dir():
                raise SourceUnreachable(f"{self._feed.fixed_folder}: no such folder; mount it, or correct the url")
            yield Arrival("absent", None, self._url)

    def _found(self) -> Iterator[Arrival]:
        path = Path(self._url)
        try:
            if path.is_dir():
                yield from self._packed(path, self._members(path, is_dated=self._feed.cadence != "undated"))
            elif path.exists():
                yield from self._copied(path)
            elif glob.has_magic(self._url):
                yield from self._matched()
        except FileNotFoundError:
            return  # gone since it was listed
        except OSError as error:
            self._troubles.append(f"{error.filename or self._url} cannot be read: {error.strerror}; check permissions")

    def _matched(self) -> Iterator[Arrival]:
        messages: Sources = {}
        for match in sorted(glob.glob(self._url, recursive=True)):  # noqa: PTH207
            path = Path(match)
            if path.is_dir():
                yield from self._packed(path, self._members(path, is_dated=True))
            elif not is_plain_inside(path, Path(match.removesuffix(self._feed.name_of(match)))):
                continue
            elif self._is_message_file(path):
                messages[self._name(match)] = path
            else:
                yield from self._copied(path)
        yield from self._packed(Path(self._url), messages)

    def _members(self, folder: Path, is_dated: bool) -> Sources:
        """The messages of a folder; where each day has a folder of its own, its name is part of theirs."""
        prefix = f"{self._name(str(folder))}/" if is_dated else ""
        return {prefix + name: path for name, path in list_folder(folder).items()}

    def _name(self, path: str) -> str:
        return printable_name(self._feed.name_of(path))

    def _is_message_file(self, path: Path) -> bool:
        if self._feed.format == "mbox" or not (self._feed.format or self._url.lower().endswith(".eml")):
            return False
        try:
            with open_plain(path) as file:
                return sniff(file.read(HEAD_BYTES)) is None
        except OSError:
            return True  # reported when it is packed

    def _copied(self, path: Path) -> Iterator[Arrival]:
        name = self._name(str(path))
        known = self._seen.get(name)
        state = path.stat()
        modified_at = utc_from_nanoseconds(state.st_mtime_ns)
        if known and (known.file_bytes, known.modified_at) == (state.st_size, modified_at):
            yield Arrival("unchanged", name, str(path), None, known.sha256, state.st_size, None, modified_at)
            return
        part = part_path(self._inbox, name)
        try:
            with part.open("wb") as file:
                copied = copy_stable(path, file, self._sleep)
                whole = finish(part, file)
        except SourceUnreachable as trouble:
            part.unlink()
            self._troubles.append(str(trouble))
        except OSError:
            part.unlink(missing_ok=True)
            raise
        else:
            yield Arrival("new", name, str(path), whole, copied.sha256, copied.file_bytes, None, copied.modified_at)

    def _packed(self, path: Path, sources: Sources) -> Iterator[Arrival]:
        if not sources:
            return
        name = f"{self._name(str(path))}.tar"
        part = part_path(self._inbox, name)
        trouble_count = len(self._troubles)
        with part.open("w+b") as file:
            members = tuple(pack(sources, file, self._seen, self._sleep, self._troubles))
            if members:
                file.seek(0)
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                size = file.tell()
                whole = finish(part, file)
        if members:
            yield Arrival("new", name, str(path), whole, digest, size, members=members)
            return
        part.unlink()
        if len(self._troubles) == trouble_count:
            yield Arrival("unchanged", name, str(path))
