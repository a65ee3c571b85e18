"""How much one container may cost, and the budget that keeps count while it is read."""

from __future__ import annotations

from dataclasses import dataclass

from transforms.feeds.stream import Broken

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30


@dataclass(frozen=True)
class Limits:
    """Bounds on one container file; beyond them it is broken off with a reason.

    The size of a message is the exception: one that is too large is yielded cut to `message_bytes`, which is one byte
    more than a parser accepts, so that it is told apart from a message that just fits.
    """

    message_bytes: int = 10 * MIB + 1
    """Bytes of one message that are handed on."""
    entries: int = 1_000_000
    """Entries of all archives in the container together."""
    ratio: int = 200
    """Decompressed bytes for each byte of the file, once `ratio_free_bytes` are passed. Mail seldom passes 20."""
    ratio_free_bytes: int = 64 * MIB
    """Decompressed bytes that are always allowed: a small file may well be monotonous."""
    decompressed_bytes: int = 64 * GIB
    """Decompressed bytes of all layers together."""
    spool_bytes: int = 4 * GIB
    """Size of a zip or 7z file inside another container: it is copied to disk, since it is read from its end."""
    window_bytes: int = 256 * MIB
    """Memory that a decompressor may take for its window (zstd: at most 128 MiB, that is `--long=27`)."""


class Budget:
    """What reading one container has cost so far. Once overdrawn, every further expense raises the same `Broken`."""

    def __init__(self, file_bytes: int, limits: Limits) -> None:
        self.limits = limits
        self._file_bytes = max(file_bytes, 1)
        self._decompressed = 0
        self._entries = 0
        self._overdrawn: Broken | None = None

    def spend(self, size: int) -> None:
        """Count `size` more decompressed bytes; raises `Broken` beyond the size or ratio limit."""
        self._decompressed += size
        limits = self.limits
        if self._decompressed > limits.decompressed_bytes:
            self._overdraw("archive_size_limit", f"more than {limits.decompressed_bytes:,} bytes when decompressed")
        if self._decompressed > max(limits.ratio_free_bytes, limits.ratio * self._file_bytes):
            self._overdraw("archive_ratio_limit", f"decompresses to more than {limits.ratio} times its size")

    def count_entry(self, more: int = 1) -> None:
        """Count archive entries; raises `Broken` beyond their limit."""
        self._entries += more
        self.allow_entries(0)

    def allow_entries(self, count: int) -> None:
        """Raise `Broken` when `count` entries more would pass their limit. For claims: nothing is counted."""
        if self._entries + count > self.limits.entries:
            self._overdraw("archive_entry_limit", f"more than {self.limits.entries:,} entries")

    @property
    def is_overdrawn(self) -> bool:
        """Whether a limit was passed: nothing more of the container is worth reading."""
        return self._overdrawn is not None

    def _overdraw(self, reason: str, detail: str) -> None:
        self._overdrawn = self._overdrawn or Broken(reason, detail)
        raise self._overdrawn
