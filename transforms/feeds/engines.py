"""Decompressors for the raw runs of bytes that zip and 7z hold, behind one interface; none gives more than asked."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from typing import BinaryIO

from isal import igzip_lib

from transforms.feeds.stream import CHUNK, Broken


class Stored:
    """Bytes that are not compressed, behind the interface of `bz2.BZ2Decompressor`."""

    eof = False
    needs_input = True

    def decompress(self, data: bytes, _max_length: int) -> bytes:
        """The same bytes."""
        return data


def inflate() -> igzip_lib.IgzipDecompressor:
    """A decompressor for raw deflate."""
    return igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_DEFLATE)


def lzma_filter(properties: bytes, size: int) -> dict[str, int] | None:
    """What liblzma must know to read raw LZMA of `size` bytes; None for nonsense."""
    if len(properties) != 5 or properties[0] >= 225:
        return None
    rest, lc = divmod(properties[0], 9)
    pb, lp = divmod(rest, 5)
    window = int.from_bytes(properties[1:], "little")
    return {"id": lzma.FILTER_LZMA1, "lc": lc, "lp": lp, "pb": pb, "dict_size": fit_window(window, size)}


def fit_window(window: int, size: int) -> int:
    """A window larger than the data would only waste memory."""
    return max(min(window, size), 4096)


def unlzma(filters: list[dict[str, int]], window_bytes: int) -> lzma.LZMADecompressor:
    """A decompressor for raw LZMA, the last of the filters; raises `Broken` when it wants more than `window_bytes`."""
    if filters[-1]["dict_size"] > window_bytes:
        raise Broken("archive_entry_broken", f"needs a window of {filters[-1]['dict_size']:,} bytes")
    return lzma.LZMADecompressor(format=lzma.FORMAT_RAW, filters=filters)


def pieces_of(file: BinaryIO, offset: int, size: int) -> Iterator[bytes]:
    """A run of a file's bytes: others read from the file too, so every piece is sought anew."""
    end = offset + size
    while offset < end:
        file.seek(offset)
        data = file.read(min(CHUNK, end - offset))
        if not data:
            return
        offset += len(data)
        yield data


def run(engine, packed: Iterator[bytes]) -> Iterator[bytes]:
    """What the engine makes of the packed bytes, in pieces of `CHUNK` bytes at most."""
    while not engine.eof:
        data = next(packed, b"") if engine.needs_input else b""
        piece = engine.decompress(data, CHUNK)
        if not piece and not data:
            return
        if piece:
            yield piece
