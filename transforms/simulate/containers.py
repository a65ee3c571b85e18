"""Writing feeds' files: mbox, Maildir, folders and tars of message files, compressed, and complete or not there."""

from __future__ import annotations

import bz2
import io
import lzma
import re
import shutil
import tarfile
from pathlib import Path
from typing import IO

import zstandard
from isal import igzip

from transforms.simulate.clock import envelope_date
from transforms.simulate.copies import Copy
from transforms.simulate.scenario import SimulatedFeed

_FROM_LINE = re.compile(rb"^(?=>*From )", re.MULTILINE)
_ZSTD_LEVEL = 3


class FeedFile:
    """One file (or folder) of a feed: written under a hidden name, renamed when it is complete.

    A context manager: leaving it normally publishes the file under `path`, an exception leaves nothing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._draft = path.with_name(f".{path.name}.part")

    def __enter__(self) -> FeedFile:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        _remove(self._draft)
        self._open(self._draft)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._close()
        if kind is None:
            _remove(self.path)
            self._draft.rename(self.path)
        else:
            _remove(self._draft)

    def add(self, copy: Copy) -> int:
        """Write one message; returns its position in the file."""
        self._write(copy)
        self.count += 1
        return self.count - 1

    def _open(self, path: Path) -> None:
        raise NotImplementedError

    def _write(self, copy: Copy) -> None:
        raise NotImplementedError

    def _close(self) -> None:
        pass


class MboxFile(FeedFile):
    """mbox with `>From ` quoting: an envelope line before and an empty line after each message."""

    def __init__(self, path: Path, compression: str) -> None:
        super().__init__(path)
        self._compression = compression

    def _open(self, path: Path) -> None:
        self._stream = compressed(path, self._compression)

    def _write(self, copy: Copy) -> None:
        raw = _FROM_LINE.sub(b">", copy.raw) if b"\nFrom " in copy.raw or b"\n>" in copy.raw else copy.raw
        sender = copy.sender or "MAILER-DAEMON"
        self._stream.write(f"From {sender}  {envelope_date(copy.captured)}\n".encode() + raw + b"\n")

    def _close(self) -> None:
        self._stream.close()


class FolderFile(FeedFile):
    """A folder of message files; a Maildir when `maildir` is set. Names sort in the order of writing."""

    def __init__(self, path: Path, maildir: bool) -> None:
        super().__init__(path)
        self._maildir = maildir

    def _open(self, path: Path) -> None:
        for name in ("new", "cur", "tmp") if self._maildir else (".",):
            (path / name).mkdir(parents=True, exist_ok=True)
        self._folder = path / "new" if self._maildir else path

    def _write(self, copy: Copy) -> None:
        name = f"{self.count:09d}.M{copy.captured}P1.trap" if self._maildir else f"{self.count:09d}.eml"
        (self._folder / name).write_bytes(copy.raw)


class TarFile(FeedFile):
    """A tar of message files."""

    def __init__(self, path: Path, compression: str) -> None:
        super().__init__(path)
        self._compression = compression

    def _open(self, path: Path) -> None:
        self._stream = compressed(path, self._compression)
        self._tar = tarfile.TarFile(fileobj=self._stream, mode="w")

    def _write(self, copy: Copy) -> None:
        member = tarfile.TarInfo(f"{self.count:09d}.eml")
        member.size, member.mtime = len(copy.raw), copy.captured
        self._tar.addfile(member, io.BytesIO(copy.raw))

    def _close(self) -> None:
        self._tar.close()
        self._stream.close()


def feed_file(feed: SimulatedFeed, path: Path) -> FeedFile:
    """The writer for `path` in the feed's format."""
    if feed.format in ("maildir", "eml"):
        return FolderFile(path, maildir=feed.format == "maildir")
    return (TarFile if feed.format == "tar" else MboxFile)(path, feed.compression)


def compressed(path: Path, compression: str) -> IO[bytes]:
    """`path` opened for writing; compressed streams hold neither name nor time: equal content gives equal bytes."""
    raw = path.open("wb", buffering=1 << 20)
    if compression == "gz":
        return _Owned(igzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=1, mtime=0), raw)
    if compression == "zst":
        return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).stream_writer(raw)
    if compression == "xz":
        return _Owned(lzma.LZMAFile(raw, "wb", preset=1), raw)
    if compression == "bz2":
        return _Owned(bz2.BZ2File(raw, "wb", compresslevel=1), raw)
    return raw


class _Owned(io.BufferedWriter):
    """A buffered compressing stream that closes the file below it, too."""

    def __init__(self, packer: IO[bytes], below: IO[bytes]) -> None:
        super().__init__(packer, buffer_size=1 << 20)
        self._below = below

    def close(self) -> None:
        if not self.closed:
            super().close()
            self._below.close()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
