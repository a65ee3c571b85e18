"""Decompression of the folders of a 7z archive."""

from __future__ import annotations

import bz2
import lzma
from collections.abc import Iterator
from typing import BinaryIO

from isal import igzip_lib

from transforms.feeds.compression import ERRORS
from transforms.feeds.limits import Budget
from transforms.feeds.sevenzip.header import Folder
from transforms.feeds.stream import CHUNK, Broken

_AES = bytes.fromhex("06f10701")
_COPY, _LZMA2, _LZMA = b"\x00", b"\x21", bytes.fromhex("030101")
_BZIP2, _DEFLATE = bytes.fromhex("040202"), bytes.fromhex("040108")
_FILTERS = {
    b"\x03": lzma.FILTER_DELTA,
    b"\x04": lzma.FILTER_X86,
    bytes.fromhex("03030103"): lzma.FILTER_X86,
    b"\x07": lzma.FILTER_ARM,
    b"\x08": lzma.FILTER_ARMTHUMB,
}
"""Filters for programs, which some packers put before everything."""


def unpack(file: BinaryIO, folder: Folder, budget: Budget) -> Iterator[bytes]:
    """The decompressed bytes of a folder, in pieces, and no more of them than the header announces; raises `Broken`."""
    if any(method == _AES for method, _ in folder.methods):
        raise Broken("archive_encrypted", "the archive needs a password")
    left = folder.unpacked_bytes
    engine = _engine(folder, budget.limits.window_bytes)
    try:
        for piece in _run(engine, _packed(file, folder)):
            budget.spend(min(len(piece), left))
            yield piece[:left]
            left -= min(len(piece), left)
            if not left:
                return
    except ERRORS as error:
        raise Broken("archive_entry_broken", f"the data are damaged: {error}") from error


def _packed(file: BinaryIO, folder: Folder) -> Iterator[bytes]:
    """The packed bytes of a folder: the file is shared, so every piece is sought anew."""
    at, end = folder.offset, folder.offset + folder.packed_bytes
    while at < end:
        file.seek(at)
        data = file.read(min(CHUNK, end - at))
        if not data:
            return
        at += len(data)
        yield data


class _Copy:
    """Stored bytes behind the interface of a decompressor."""

    eof = False
    needs_input = True

    def decompress(self, data: bytes, _max_length: int) -> bytes:
        return data


def _engine(folder: Folder, window_bytes: int):
    *filters, (method, properties) = folder.methods
    names = ", ".join(method.hex() for method, _ in folder.methods)
    unsupported = Broken("archive_entry_broken", f"compressed with methods that are not read: {names}")
    if folder.packed_streams != 1:
        raise unsupported
    if not filters and method == _COPY:
        return _Copy()
    if not filters and method == _BZIP2:
        return bz2.BZ2Decompressor()
    if not filters and method == _DEFLATE:
        return igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_DEFLATE)
    last = _lzma_filter(method, properties, folder.unpacked_bytes)
    if not last or len(filters) > 1 or any(name not in _FILTERS for name, _ in filters):
        raise unsupported
    if last["dict_size"] > window_bytes:
        raise Broken("archive_entry_broken", f"needs a window of {last['dict_size']:,} bytes")
    return lzma.LZMADecompressor(format=lzma.FORMAT_RAW, filters=[*(_filter(*each) for each in filters), last])


def _filter(method: bytes, properties: bytes) -> dict[str, int]:
    options = {"id": _FILTERS[method]}
    return options | {"dist": properties[0] + 1} if method == b"\x03" and properties else options


def _lzma_filter(method: bytes, properties: bytes, size: int) -> dict[str, int] | None:
    """What liblzma needs to know; a window larger than the data would only waste memory."""
    if method == _LZMA2 and len(properties) == 1 and properties[0] <= 40:
        options = {"id": lzma.FILTER_LZMA2}
        window = (2 | properties[0] & 1) << properties[0] // 2 + 11
    elif method == _LZMA and len(properties) == 5 and properties[0] < 225:
        rest, lc = divmod(properties[0], 9)
        pb, lp = divmod(rest, 5)
        options = {"id": lzma.FILTER_LZMA1, "lc": lc, "lp": lp, "pb": pb}
        window = int.from_bytes(properties[1:], "little")
    else:
        return None
    return options | {"dict_size": max(min(window, size), 4096)}


def _run(engine, packed: Iterator[bytes]) -> Iterator[bytes]:
    while not engine.eof:
        data = next(packed, b"") if engine.needs_input else b""
        piece = engine.decompress(data, CHUNK)
        if not piece and not data:
            return
        if piece:
            yield piece
