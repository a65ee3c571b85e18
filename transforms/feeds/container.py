"""Opens whatever a feed delivers, layer by layer, down to single messages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from transforms.feeds.compression import decompress
from transforms.feeds.entry import Entry, printable
from transforms.feeds.envelope import OPENING_BYTES, find_opening
from transforms.feeds.limits import Budget, Limits
from transforms.feeds.magic import ARCHIVES, COMPRESSIONS, HEAD_BYTES, is_empty_tar, name_unsupported, sniff
from transforms.feeds.mbox import read_mbox, read_single, report
from transforms.feeds.raw import BrokenPlace, RawMessage
from transforms.feeds.seekable import spooled
from transforms.feeds.sevenzip import read_7z
from transforms.feeds.stream import CHUNK, Broken, Stream
from transforms.feeds.tar import read_tar
from transforms.feeds.zip import read_zip

FORMATS = ("mbox", "maildir", "eml")
"""Leaf formats that a feed may declare."""
NESTING = 1
"""How many archives deep inside another archive are opened."""

_DEFAULT = Limits()
Found = Iterator[RawMessage | BrokenPlace]


def read_container(
    path: Path, name: str, format: str | None = None, limits: Limits = _DEFAULT, *, is_packed_folder: bool = False
) -> Found:
    """Every message of a landed file, in order, and every place that could not be read, with its reason.

    Compression (gz, bz2, xz, zst) and archives (tar, zip, 7z) are told by their first bytes, each opened one level
    deep inside another archive. What is left is an mbox or one message: as `format` (`FORMATS`) declares, else as
    `name` ends, else as the first lines say. With `is_packed_folder` the file is a tar that landing made of a folder,
    and is no archive that counts: its members are opened as deep as if each had come alone. Nothing is written to
    disk but nameless temporary files, and memory stays flat. Never raises for content; `OSError` when the file itself
    cannot be read or a temporary one cannot be written, `ValueError` for an unknown format.
    """
    if format is not None and format not in FORMATS:
        raise ValueError(f"unknown container format {format!r}: use one of {', '.join(FORMATS)}")
    with path.open("rb") as file:
        opener = _Opener(format, Budget(path.stat().st_size, limits))
        yield from opener.open_file(file, name, depth=-1 if is_packed_folder else 0)


class _Opener:
    """One walk through one container."""

    def __init__(self, format: str | None, budget: Budget) -> None:
        self._format = format
        self._budget = budget

    def open_file(self, file: BinaryIO, name: str, depth: int) -> Found:
        stream = Stream(iter(lambda: file.read(CHUNK), b""))
        kind = sniff(stream.peek(HEAD_BYTES))
        if not stream.peek(1):
            yield BrokenPlace("empty_container", "the file is empty")
        elif kind in _READERS:
            yield from self._open_entries(_READERS[kind](file, self._budget), None, depth)
        else:
            yield from self._open(stream, None, name, depth)

    def _open(self, stream: Stream, entry_name: str | None, name: str, depth: int, is_packed: bool = False) -> Found:
        """One layer: `depth` counts the archives around it; a file compressed twice counts as one more.

        Landing's own tar starts at -1, so that its members lie in no archive.
        """
        head = stream.peek(HEAD_BYTES)
        kind = sniff(head) or ("tar" if depth <= 0 and is_empty_tar(head) else None)
        depth += kind in COMPRESSIONS and is_packed
        if kind and depth > NESTING:
            yield BrokenPlace("archive_nested_too_deep", f"{kind} inside an archive inside an archive", entry_name)
        elif kind in COMPRESSIONS:
            unpacked = Stream(decompress(stream, kind, self._budget))
            yield from self._open(unpacked, entry_name, _stem(name), depth, is_packed=True)
        elif kind in ARCHIVES:
            yield from self._open_archive(stream, kind, entry_name, depth)
        elif unsupported := name_unsupported(head):
            yield BrokenPlace("format_unknown", f"a {unsupported}, which is not opened", entry_name)
        else:
            yield from self._read_leaf(stream, entry_name, name)

    def _open_archive(self, stream: Stream, kind: str, label: str | None, depth: int) -> Found:
        if kind == "tar":
            yield from self._open_entries(read_tar(stream, self._budget), label, depth)
            return
        try:
            with spooled(stream, self._budget) as file:
                yield from self._open_entries(_READERS[kind](file, self._budget), label, depth)
        except Broken as broken:
            yield from report(broken, label)

    def _open_entries(self, entries: Iterator[Entry], label: str | None, depth: int) -> Found:
        count = 0
        with closing(entries):
            try:
                for count, entry in enumerate(entries, 1):  # noqa: B007
                    name = printable(f"{label}/{entry.name}" if label else entry.name)
                    yield from self._open(entry.stream, name, entry.name, depth + 1)
                    if self._budget.is_overdrawn:
                        return
            except Broken as broken:
                yield from report(broken, label)
            else:
                if not count:
                    yield BrokenPlace("empty_container", "the archive holds no file", label)

    def _read_leaf(self, stream: Stream, entry_name: str | None, name: str) -> Found:
        is_mbox = _is_mbox(self._format, name, stream.peek(OPENING_BYTES))
        is_empty = entry_name is None
        for item in (read_mbox if is_mbox else read_single)(stream, entry_name, self._budget.limits.message_bytes):
            if is_empty and isinstance(item, RawMessage) and not item.content:
                continue
            is_empty = False
            yield item
        if is_empty:
            yield BrokenPlace("empty_container", "the file holds no bytes of mail")


_READERS = {"zip": read_zip, "7z": read_7z}


def _is_mbox(format: str | None, name: str, head: bytes) -> bool:
    if format:
        return format == "mbox"
    if name.lower().endswith(".eml"):
        return False
    return name.lower().endswith((".mbox", ".mbx")) or find_opening(head) is not None


def _stem(name: str) -> str:
    """The name without the ending of its compression."""
    return name.rpartition(".")[0] or name
