"""64-bit digests: how templates, keys and manners are named."""

from __future__ import annotations

from hashlib import blake2b

_HALF = 1 << 63


def digest64(*texts: str) -> int:
    """A signed 64-bit digest of some texts, the same on every machine."""
    number = int.from_bytes(blake2b("\0".join(texts).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
    return number - 2 * _HALF if number >= _HALF else number


def as_id(prefix: str, number: int) -> str:
    """`t-` or `c-` and the digest in 16 hex digits."""
    return f"{prefix}{number % (2 * _HALF):016x}"
