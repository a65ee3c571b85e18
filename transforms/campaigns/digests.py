"""64-bit digests: how templates, keys and manners are named."""

from __future__ import annotations

from hashlib import blake2b

_HALF = 1 << 63


def digest64(*texts: str) -> int:
    """A signed 64-bit digest of some texts, the same on every machine."""
    return digest64_of("\0".join(texts).encode("utf-8", "surrogatepass"))


def digest64_of(content: bytes) -> int:
    """A signed 64-bit digest of some bytes."""
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big", signed=True)


def as_id(prefix: str, number: int) -> str:
    """`t-` or `c-` and the digest in 16 hex digits."""
    return f"{prefix}{number % (2 * _HALF):016x}"
