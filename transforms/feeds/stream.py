"""Bytes that are read once, front to back, in flat memory; and the exception that ends them early."""

from __future__ import annotations

from collections.abc import Iterable

CHUNK = 1 << 18
"""Bytes that one read asks for."""


class Broken(Exception):
    """Bytes of a container that cannot be read: a reason of the rejects table, and what an operator should know.

    `is_cut` tells whether what was read just before is incomplete; false when bytes follow a proper end.
    `is_reported` keeps one damage from being reported by each layer that meets it.
    """

    def __init__(self, reason: str, detail: str, is_cut: bool = True) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.is_cut = is_cut
        self.is_reported = False


class Stream:
    """An iterable of byte pieces, read in whatever sizes the caller likes.

    When the pieces end in `Broken`, what came before is still readable, and every later read raises it again.
    """

    def __init__(self, pieces: Iterable[bytes], broken: Broken | None = None) -> None:
        self._pieces = iter(pieces)
        self._broken = broken
        self._buffer = b""
        self._at = 0
        self.position = 0
        """Bytes read so far."""

    @classmethod
    def failing(cls, reason: str, detail: str) -> Stream:
        """A stream that raises `Broken` at its first byte."""
        return cls((), Broken(reason, detail))

    def read(self, size: int = CHUNK) -> bytes:
        """At most `size` bytes, empty at the end; raises `Broken` where the bytes break off."""
        while self._at == len(self._buffer):
            if self._broken:
                raise self._broken
            if not self._fill():
                return b""
        data = self._buffer[self._at : self._at + size]
        self._at += len(data)
        self.position += len(data)
        return data

    def read_exactly(self, size: int) -> bytes:
        """`size` bytes, or fewer at the end. Only for sizes known to be small."""
        parts = []
        while size and (data := self.read(size)):
            parts.append(data)
            size -= len(data)
        return b"".join(parts)

    def peek(self, size: int) -> bytes:
        """The next `size` bytes, or fewer at the end or at a break; they stay to be read."""
        while len(self._buffer) - self._at < size and not self._broken and self._fill():
            pass
        return self._buffer[self._at : self._at + size]

    def unread(self, data: bytes) -> None:
        """Put back bytes that were just read."""
        self._buffer = data + self._buffer[self._at :]
        self._at = 0
        self.position -= len(data)

    def skip(self, size: int | None = None) -> None:
        """Read past `size` bytes, or to the end."""
        while size is None or size > 0:
            data = self.read(CHUNK if size is None else min(CHUNK, size))
            if not data:
                return
            if size is not None:
                size -= len(data)

    def _fill(self) -> bool:
        try:
            piece = next(self._pieces, None)
        except Broken as broken:
            self._broken = broken
            return True
        if piece is None:
            return False
        self._buffer = self._buffer[self._at :] + piece
        self._at = 0
        return True
