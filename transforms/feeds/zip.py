"""zip archives, zip64 included: stored, deflate, bzip2 and LZMA."""

from __future__ import annotations

import bz2
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from transforms.feeds.compression import ERRORS
from transforms.feeds.engines import Stored, inflate, lzma_filter, pieces_of, run, unlzma
from transforms.feeds.entry import Entry
from transforms.feeds.limits import MIB, Budget
from transforms.feeds.stream import Broken, Stream

_ERRORS = (*ERRORS, zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, LookupError, OverflowError)
_SIMPLE = {zipfile.ZIP_STORED: Stored, zipfile.ZIP_DEFLATED: inflate, zipfile.ZIP_BZIP2: bz2.BZ2Decompressor}
_LZMA_HEADER_BYTES = 9
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENTRY = b"PK\x03\x04"
_ENTRY_HEADER = struct.Struct("<26xHH")
"""Of its fields, only the lengths of the two that follow it are of use: the directory repeats the others."""
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
    for info in archive.infolist():
        if not info.is_dir():
            yield Entry(info.filename, Stream(_content(file, info, budget)))


def _count_directory(file: BinaryIO) -> int:
    """Entries of the directory at most, counted before the library loads it all into memory."""
    count, rest = 0, b""
    file.seek(0)
    while data := file.read(MIB):
        count += (rest + data).count(_DIRECTORY_ENTRY)
        rest = data[-3:]
    return count


def _content(file: BinaryIO, info: zipfile.ZipInfo, budget: Budget) -> Iterator[bytes]:
    """One entry, and no more of it than the directory announces; what its checksum says is known only at its end."""
    if info.flag_bits & _ENCRYPTED:
        raise Broken("archive_encrypted", "the entry needs a password")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Broken("archive_entry_broken", "a symbolic link, which holds no bytes to read")
    left, checksum = info.file_size, 0
    try:
        pieces = _unpack(file, info, budget.limits.window_bytes)
        while left and (piece := next(pieces, b"")[:left]):
            budget.spend(len(piece))
            left -= len(piece)
            checksum = zlib.crc32(piece, checksum)
            yield piece
    except _ERRORS as error:
        raise Broken("archive_entry_broken", f"the entry cannot be decompressed: {error}") from error
    if checksum != info.CRC:
        raise Broken("archive_entry_broken", "the entry's data end early" if left else "the entry's checksum is wrong")


def _unpack(file: BinaryIO, info: zipfile.ZipInfo, window_bytes: int) -> Iterator[bytes]:
    """The decompressed bytes. The library's own reader bounds what it takes in, not what bzip2 makes of it."""
    offset, method = _data_offset(file, info), info.compress_type
    if method in _SIMPLE:
        return run(_SIMPLE[method](), pieces_of(file, offset, info.compress_size))
    if method != zipfile.ZIP_LZMA:
        raise Broken("archive_entry_broken", f"compressed with method {method}, which is not read")
    properties = next(pieces_of(file, offset, _LZMA_HEADER_BYTES), b"")[4:]
    last = lzma_filter(properties, info.file_size)
    if not last:
        raise Broken("archive_entry_broken", "the entry's LZMA properties are damaged")
    packed = pieces_of(file, offset + _LZMA_HEADER_BYTES, info.compress_size - _LZMA_HEADER_BYTES)
    return run(unlzma([last], window_bytes), packed)


def _data_offset(file: BinaryIO, info: zipfile.ZipInfo) -> int:
    """Where the bytes of an entry lie: behind a header of its own, whose length the directory does not tell."""
    file.seek(info.header_offset)
    header = file.read(_ENTRY_HEADER.size)
    if len(header) < _ENTRY_HEADER.size or not header.startswith(_ENTRY):
        raise Broken("archive_entry_broken", "the entry does not lie where the directory says")
    return info.header_offset + len(header) + sum(_ENTRY_HEADER.unpack(header))
