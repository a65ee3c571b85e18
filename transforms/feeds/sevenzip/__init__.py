"""7z archives: stored, LZMA, LZMA2, bzip2 and deflate, with the usual filter for programs or without.

There is no reader under a free enough licence that survives hostile bytes: the bindings of libarchive end the
process at a name that the locale cannot spell. So the header is read here, and decompression is left to the standard
library. PPMd and passwords are reported, not read.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from transforms.feeds.entry import Entry
from transforms.feeds.limits import MIB, Budget
from transforms.feeds.sevenzip.coders import unpack
from transforms.feeds.sevenzip.cursor import Cursor, malformed
from transforms.feeds.sevenzip.folder import Folder
from transforms.feeds.sevenzip.header import SIGNATURE_BYTES, read_header, read_streams
from transforms.feeds.stream import CHUNK, Broken, Stream

HEADER_BYTES = 16 * MIB
"""Largest header that is believed: about a hundred bytes a file."""
HEADER_ROUNDS = 4
"""How often a header may be compressed. Packers do it once, and one that unpacks to itself would never end."""
_ENCODED_HEADER = b"\x17"


def read_7z(file: BinaryIO, budget: Budget) -> Iterator[Entry]:
    """The files of a 7z, in order; folders are passed over.

    Raises `Broken` when the header, which stands at the end, is missing, damaged or encrypted.
    """
    header = _load_header(file, budget)
    if not header:
        return
    folders, files = read_header(Cursor(header), budget)
    streams = _streams(file, folders, budget)
    for name, has_bytes in files:
        if has_bytes:
            yield Entry(name, next(streams, None) or Stream.failing("archive_entry_broken", "no data for the entry"))
        else:
            yield Entry(name, Stream(()))


def _streams(file: BinaryIO, folders: list[Folder], budget: Budget) -> Iterator[Stream]:
    for folder in folders:
        unpacked = Stream(unpack(file, folder, budget))
        for size, crc in folder.files:
            stream = Stream(_content(unpacked, size, crc))
            yield stream
            with suppress(Broken):  # it was reported when the entry was read, or will be with the next one
                stream.skip()


def _load_header(file: BinaryIO, budget: Budget) -> bytes:
    file.seek(0)
    signature = file.read(SIGNATURE_BYTES)
    if len(signature) < SIGNATURE_BYTES:
        raise Broken("container_truncated", "the 7z file ends inside its signature")
    start_crc, offset, size, crc = struct.unpack("<8xIQQI", signature)
    if zlib.crc32(signature[12:]) != start_crc:
        raise malformed("the checksum of its signature is wrong")
    end = file.seek(0, 2)
    if SIGNATURE_BYTES + offset + size > end:
        raise Broken("container_truncated", "the 7z file ends before its header")
    header = _bounded(size) and _read_at(file, SIGNATURE_BYTES + offset, size)
    if zlib.crc32(header or b"") != crc:
        raise malformed("its checksum is wrong")
    return _decode(file, header or b"", budget)


def _decode(file: BinaryIO, header: bytes, budget: Budget) -> bytes:
    """A header in plain, as often as it may be compressed."""
    for _ in range(HEADER_ROUNDS):
        if header[:1] != _ENCODED_HEADER:
            return header
        header = _decompress(file, header, budget)
    if header[:1] == _ENCODED_HEADER:
        raise malformed(f"it is compressed more than {HEADER_ROUNDS} times")
    return header


def _decompress(file: BinaryIO, header: bytes, budget: Budget) -> bytes:
    folders = read_streams(Cursor(header[1:]), budget)
    if len(folders) != 1:
        raise malformed("it lies in more than one folder")
    _bounded(folders[0].unpacked_bytes)
    try:
        return b"".join(unpack(file, folders[0], budget))
    except Broken as broken:
        reason = "container_broken" if broken.reason == "archive_entry_broken" else broken.reason
        raise Broken(reason, f"the 7z header: {broken.detail}") from broken


def _bounded(size: int) -> int:
    if size > HEADER_BYTES:
        raise Broken("archive_entry_limit", f"the 7z header is larger than {HEADER_BYTES:,} bytes")
    return size


def _read_at(file: BinaryIO, offset: int, size: int) -> bytes:
    file.seek(offset)
    return file.read(size)


def _content(unpacked: Stream, size: int, crc: int | None) -> Iterator[bytes]:
    """One file of a folder; what its checksum says is known only at its end."""
    actual = 0
    while size:
        data = _read(unpacked, min(size, CHUNK))
        size -= len(data)
        actual = zlib.crc32(data, actual)
        yield data
    if crc is not None and actual != crc:
        raise Broken("archive_entry_broken", "the checksum of the entry is wrong")


def _read(unpacked: Stream, size: int) -> bytes:
    try:
        data = unpacked.read(size)
    except Broken as broken:
        if broken.reason.endswith("_limit"):
            raise
        raise Broken(broken.reason, broken.detail) from broken  # anew: each file of a damaged folder is lost
    if not data:
        raise Broken("archive_entry_broken", "the data end before the entry does")
    return data
