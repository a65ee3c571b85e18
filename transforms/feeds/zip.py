"""zip archives, zip64 included: stored, deflate, bzip2 and LZMA."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from transforms.feeds.compression import ERRORS
from transforms.feeds.entry import Entry
from transforms.feeds.limits import MIB, Budget
from transforms.feeds.stream import Broken, Stream

_ERRORS = (*ERRORS, zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, LookupError, OverflowError)
_PIECE = 4096
"""Bytes asked for at once: some of the library's decompressors bound what they take in, not what they give."""
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1


def read_zip(file: BinaryIO, budget: Budget) -> Iterator[Entry]:
    """The files of a zip, in the order of its directory; folders are passed over.

    Raises `Broken` when the directory, which stands at the end, is missing or damaged.
    """
    budget.count_entry(_count_directory(file))
    try:
        archive = zipfile.ZipFile(file)
    except _ERRORS as error:
        raise Broken("container_truncated", f"the directory at the end of the zip is unreadable: {error}") from error
    with archive:
        for info in archive.infolist():
            if not info.is_dir():
                yield Entry(info.filename, Stream(_content(archive, info, budget)))


def _count_directory(file: BinaryIO) -> int:
    """Entries of the directory at most, counted before the library loads it all into memory."""
    count, rest = 0, b""
    file.seek(0)
    while data := file.read(MIB):
        count += (rest + data).count(_DIRECTORY_ENTRY)
        rest = data[-3:]
    return count


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Iterator[bytes]:
    if info.flag_bits & _ENCRYPTED:
        raise Broken("archive_encrypted", "the entry needs a password")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Broken("archive_entry_broken", "a symbolic link, which holds no bytes to read")
    try:
        with archive.open(info) as member:
            while data := member.read(_PIECE):
                budget.spend(len(data))
                yield data
    except _ERRORS as error:
        raise Broken("archive_entry_broken", f"the entry cannot be decompressed: {error}") from error
