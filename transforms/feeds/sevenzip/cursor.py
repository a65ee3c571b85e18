"""Reads the numbers of a 7z header. Counts in it are claims: each is believed as far as the header's own bytes go."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from transforms.feeds.stream import Broken


def malformed(what: str) -> Broken:
    """The error for a header that contradicts itself."""
    return Broken("container_broken", f"the 7z header is malformed: {what}")


class Cursor:
    """A place in a header that moves on; raises `Broken` at the header's end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def position(self) -> int:
        """Bytes passed so far."""
        return self._at

    def since(self, position: int) -> bytes:
        """The bytes passed since an earlier position."""
        return self._data[position : self._at]

    def take(self, size: int) -> bytes:
        """The next `size` bytes."""
        if size > len(self._data) - self._at:
            raise malformed("it ends before its time")
        self._at += size
        return self._data[self._at - size : self._at]

    def byte(self) -> int:
        """One byte."""
        if self._at == len(self._data):
            raise malformed("it ends before its time")
        self._at += 1
        return self._data[self._at - 1]

    def number(self) -> int:
        """A number of 1 to 9 bytes: each leading one in the first byte announces another byte."""
        first, mask, value = self.byte(), 0x80, 0
        for shift in range(0, 64, 8):
            if not first & mask:
                return value | (first & (mask - 1)) << shift
            value |= self.byte() << shift
            mask >>= 1
        return value

    def count(self) -> int:
        """A number of things, each of which takes a byte of the header at least."""
        count = self.number()
        if count > len(self._data):
            raise malformed("it counts more than it can hold")
        return count

    def parts(self) -> Iterator[int]:
        """The kinds of the parts that follow, up to the end mark. They ascend, so that none comes twice."""
        last = 0
        while kind := self.byte():
            if kind <= last:
                raise malformed("its parts are out of order")
            last = kind
            yield kind

    def expect(self, kind: int) -> None:
        """The next byte, which must be `kind`."""
        if self.byte() != kind:
            raise malformed("a part is missing")

    def bits(self, count: int) -> list[bool]:
        """As many flags, eight a byte, the highest bit first."""
        data = self.take((count + 7) // 8)
        return [bool(data[i // 8] & 0x80 >> i % 8) for i in range(count)]

    def crcs(self, count: int) -> list[int | None]:
        """As many checksums, each of which may be left out."""
        is_complete = self.byte()
        given = [True] * count if is_complete else self.bits(count)
        return [struct.unpack("<I", self.take(4))[0] if is_given else None for is_given in given]

    def rest(self) -> bytes:
        """All that is left."""
        return self.take(len(self._data) - self._at)
