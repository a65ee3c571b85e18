"""Local sources: a file, a glob, a folder of message files, a Maildir."""

from __future__ import annotations

import glob
import hashlib
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from transforms.feed import Feed, Period
from transforms.feeds.magic import HEAD_BYTES, sniff
from transforms.fetch.arrival import Arrival, Seen, SourceUnreachable, utc_from_nanoseconds
from transforms.fetch.folder import Sources, is_plain_inside, list_folder, printable_name
from transforms.fetch.inbox import finish, part_path
from transforms.fetch.matching import NOT_THERE, match_paths
from transforms.fetch.packing import pack
from transforms.fetch.stable import copy_stable, open_plain
from transforms.fetch.timing import Timing
from transforms.fetch.troubles import Troubles


def fetch_files(feed: Feed, period: Period, inbox: Path, seen: Mapping[str, Seen], timing: Timing) -> Iterator[Arrival]:
    """Copy the file, or each file that a glob matches; pack message files into one tar of those not seen before.

    Raises `SourceUnreachable` for what cannot be read, after all that can.
    """
    return _Pull(feed, feed.url_for(period), inbox, seen, timing).arrivals()


class _Pull:
    """One look at one local URL."""

    def __init__(self, feed: Feed, url: str, inbox: Path, seen: Mapping[str, Seen], timing: Timing) -> None:
        self._feed = feed
        self._url = url
        self._top = Path(feed.fixed_folder or "/")
        self._inbox = inbox
        self._seen = seen
        self._sleep = timing.sleep
        self._troubles = Troubles()
        self._has_links = False

    def arrivals(self) -> Iterator[Arrival]:
        is_empty = True
        for arrival in self._found():
            is_empty = False
            yield arrival
        self._troubles.tell()
        if is_empty:
            self._check_emptiness()
            yield Arrival("absent", None, self._url)

    def _check_emptiness(self) -> None:
        if not stat.S_ISDIR(_mode(self._top)):
            raise SourceUnreachable(f"{self._feed.fixed_folder}: no such folder; mount it, or correct the url")
        if self._has_links:
            raise SourceUnreachable(
                f"{self._url}: matches only links that lead out of {self._top}; put the files themselves there"
            )

    def _found(self) -> Iterator[Arrival]:
        path = Path(self._url)
        with self._troubles.of(path):
            mode = _mode(path)
            if stat.S_ISDIR(mode):
                yield from self._packed(path, self._members(path, is_dated=self._feed.cadence != "undated"))
            elif mode:
                yield from self._copied(path)
            elif glob.has_magic(self._url):
                yield from self._matched()

    def _matched(self) -> Iterator[Arrival]:
        messages: Sources = {}
        for path in match_paths(self._url, self._troubles.note):
            with self._troubles.of(path):
                yield from self._match(path, messages)
        yield from self._packed(Path(self._url), dict(sorted(messages.items())))

    def _match(self, path: Path, messages: Sources) -> Iterator[Arrival]:
        """What one match brings at once; a message is put to the others, to be packed."""
        if stat.S_ISDIR(_mode(path)):
            yield from self._packed(path, self._members(path, is_dated=True))
        elif not is_plain_inside(path, self._top):
            self._has_links |= path.is_symlink()
        elif self._is_message_file(path):
            messages[self._name(path)] = path
        else:
            yield from self._copied(path)

    def _members(self, folder: Path, is_dated: bool) -> Sources:
        """The messages of a folder; where each day has a folder of its own, its name is part of theirs."""
        prefix = f"{self._name(folder)}/" if is_dated else ""
        return {prefix + name: path for name, path in list_folder(folder, self._troubles).items()}

    def _name(self, path: Path) -> str:
        return printable_name(self._feed.name_of(str(path)))

    def _is_message_file(self, path: Path) -> bool:
        if self._feed.format == "mbox" or not (self._feed.format or self._url.lower().endswith(".eml")):
            return False
        try:
            with open_plain(path) as file:
                return sniff(file.read(HEAD_BYTES)) is None
        except OSError:
            return True  # reported when it is packed

    def _copied(self, path: Path) -> Iterator[Arrival]:
        name = self._name(path)
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
        finally:
            part.unlink(missing_ok=True)
        yield Arrival("new", name, str(path), whole, copied.sha256, copied.file_bytes, None, copied.modified_at)

    def _packed(self, path: Path, sources: Sources) -> Iterator[Arrival]:
        """The tar of what is new, if anything is; then what was only touched, or that nothing changed."""
        if not sources:
            return
        name = f"{self._name(path)}.tar"
        part = part_path(self._inbox, name)
        trouble_count = self._troubles.count
        try:
            with part.open("w+b") as file:
                members = tuple(pack(sources, file, self._seen, self._sleep, self._troubles))
                packed = tuple(member for member in members if member.outcome == "new")
                if packed:
                    file.seek(0)
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
                    size = file.tell()
                    whole = finish(part, file)
        finally:
            part.unlink(missing_ok=True)
        if packed:
            yield Arrival("new", name, str(path), whole, digest, size, members=packed)
        touched = tuple(member for member in members if member.outcome == "unchanged")
        if touched or (not packed and self._troubles.count == trouble_count):
            yield Arrival("unchanged", name, str(path), members=touched)


def _mode(path: Path) -> int:
    """Kind and rights of what lies there; 0 for nothing, or a link to nothing."""
    try:
        return path.stat().st_mode
    except OSError as error:
        if error.errno in NOT_THERE:
            return 0
        raise
