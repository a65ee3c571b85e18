"""Decompression of the folders of a 7z archive."""

from __future__ import annotations

import bz2
import lzma
from collections.abc import Iterator
from typing import BinaryIO

from transforms.feeds.compression import ERRORS
from transforms.feeds.engines import Stored, fit_window, inflate, lzma_filter, pieces_of, run, unlzma
from transforms.feeds.limits import Budget
from transforms.feeds.sevenzip.folder import Folder, Method
from transforms.feeds.stream import Broken

_AES = bytes.fromhex("06f10701")
_LZMA2, _LZMA = b"\x21", bytes.fromhex("030101")
_SIMPLE = {b"\x00": Stored, bytes.fromhex("040202"): bz2.BZ2Decompressor, bytes.fromhex("040108"): inflate}
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
    methods = folder.methods
    if any(method == _AES for method, _ in methods):
        raise Broken("archive_encrypted", "the archive needs a password")
    left = folder.unpacked_bytes
    engine = _engine(folder, methods, budget.limits.window_bytes)
    try:
        for piece in run(engine, pieces_of(file, folder.offset, folder.packed_bytes)):
            budget.spend(min(len(piece), left))
            yield piece[:left]
            left -= min(len(piece), left)
            if not left:
                return
    except ERRORS as error:
        raise Broken("archive_entry_broken", f"the data are damaged: {error}") from error


def _engine(folder: Folder, methods: list[Method], window_bytes: int):
    *filters, (method, properties) = methods
    names = ", ".join(method.hex() for method, _ in methods)
    unsupported = Broken("archive_entry_broken", f"compressed with methods that are not read: {names}")
    if folder.packed_streams != 1:
        raise unsupported
    if not filters and method in _SIMPLE:
        return _SIMPLE[method]()
    last = _lzma_filter(method, properties, folder.unpacked_bytes)
    if not last or len(filters) > 1 or any(name not in _FILTERS for name, _ in filters):
        raise unsupported
    return unlzma([*(_filter(*each) for each in filters), last], window_bytes)


def _filter(method: bytes, properties: bytes) -> dict[str, int]:
    options = {"id": _FILTERS[method]}
    return options | {"dist": properties[0] + 1} if method == b"\x03" and properties else options


def _lzma_filter(method: bytes, properties: bytes, size: int) -> dict[str, int] | None:
    if method == _LZMA:
        return lzma_filter(properties, size)
    if method != _LZMA2 or len(properties) != 1 or properties[0] > 40:
        return None
    window = (2 | properties[0] & 1) << properties[0] // 2 + 11
    return {"id": lzma.FILTER_LZMA2, "dict_size": fit_window(window, size)}
