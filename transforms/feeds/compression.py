"""Decompression in flat memory: gz, bz2, xz and zst, several members one after the other, cut ones up to the cut."""

from __future__ import annotations

import bz2
import lzma
from collections.abc import Iterator

import zstandard
from isal import igzip_lib, isal_zlib

from transforms.feeds.limits import Budget
from transforms.feeds.magic import HEAD_BYTES, sniff
from transforms.feeds.stream import CHUNK, Broken, Stream

ERRORS = (OSError, EOFError, ValueError, MemoryError, lzma.LZMAError, zstandard.ZstdError, isal_zlib.error)
"""What decompressors raise for bytes that they cannot read."""
_ZSTD_INPUT = 1 << 10
_ZSTD_WINDOW = 1 << 27


class _Zstd:
    """A zstd frame behind the interface of `bz2.BZ2Decompressor`.

    The library bounds no output: 4 bytes may stand for 128 KiB, hence the small pieces of input.
    """

    needs_input = True

    def __init__(self, window_bytes: int) -> None:
        self._frame = zstandard.ZstdDecompressor(max_window_size=min(window_bytes, _ZSTD_WINDOW)).decompressobj()

    def decompress(self, data: bytes, _max_length: int) -> bytes:
        return self._frame.decompress(data)

    @property
    def eof(self) -> bool:
        return self._frame.eof

    @property
    def unused_data(self) -> bytes:
        return self._frame.unused_data


def _new(kind: str, window_bytes: int):
    if kind == "gz":
        return igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP)
    if kind == "bz2":
        return bz2.BZ2Decompressor()
    if kind == "xz":
        return lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=window_bytes)
    return _Zstd(window_bytes)


def decompress(stream: Stream, kind: str, budget: Budget) -> Iterator[bytes]:
    """The decompressed bytes of a `gz`, `bz2`, `xz` or `zst` stream, in pieces.

    Raises `Broken`: `container_truncated` at a cut, `container_broken` at damage or at foreign bytes after the end,
    or a limit of the budget.
    """
    while True:
        yield from _member(stream, kind, budget)
        _skip_padding(stream)
        head = stream.peek(HEAD_BYTES)
        if not head:
            stream.read()  # raises if what is below broke off
            return
        if sniff(head) != kind:
            raise Broken("container_broken", f"bytes that are no {kind} follow the end of the data", is_cut=False)


def _member(stream: Stream, kind: str, budget: Budget) -> Iterator[bytes]:
    engine = _new(kind, budget.limits.window_bytes)
    while not engine.eof:
        data = stream.read(_ZSTD_INPUT if kind == "zst" else CHUNK) if engine.needs_input else b""
        if engine.needs_input and not data:
            raise Broken("container_truncated", f"the {kind} data end before their time")
        try:
            piece = engine.decompress(data, CHUNK)
        except ERRORS as error:
            raise Broken("container_broken", f"the {kind} data are damaged: {error}") from error
        if piece:
            budget.spend(len(piece))
            yield piece
    stream.unread(engine.unused_data)


def _skip_padding(stream: Stream) -> None:
    """Pass the zeros that tapes and xz leave after a member."""
    while (data := stream.peek(1)) == b"\0":
        data = stream.read()
        stream.unread(data.lstrip(b"\0"))
