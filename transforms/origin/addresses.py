"""Addresses as numbers that sort as the addresses do: IPv6 as it is, IPv4 mapped into it (RFC 4291, 2.5.5.2)."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from socket import AF_INET, AF_INET6, inet_pton

import pyarrow as pa

ADDRESS = pa.decimal128(38, 0)
"""The type of such numbers in tables: 16 bytes that DuckDB joins on as fast as on HUGEINT. It holds all unicast
addresses of the open network (2000::/3, and IPv4)."""

_IPV4 = 0xFFFF << 32
_LIMIT = 10**38


@lru_cache(1 << 16)
def number(ip: str) -> int | None:
    """An address in its usual form as a number below 10^38; None for those above: private ones and multicast.

    Raises ValueError for what is no address.
    """
    family = AF_INET6 if ":" in ip else AF_INET
    try:
        value = int.from_bytes(inet_pton(family, ip), "big")
    except OSError:
        raise ValueError(f"no address: {ip!r}") from None
    if family == AF_INET:
        return value + _IPV4
    return value if value < _LIMIT else None


def bounds(net: ipaddress.IPv4Network | ipaddress.IPv6Network) -> tuple[int, int] | None:
    """The first and last number of a network; None when it goes beyond 10^38."""
    first = int(net.network_address) + (_IPV4 if net.version == 4 else 0)
    last = first + (1 << (net.max_prefixlen - net.prefixlen)) - 1
    return (first, last) if last < _LIMIT else None


def network(first: int, last: int) -> str | None:
    """The network in CIDR notation that begins and ends with these numbers; None when none does."""
    size = last - first + 1
    bits = size.bit_length() - 1
    if size != 1 << bits or first % size:
        return None
    if first >> 32 == 0xFFFF and bits <= 32:
        return f"{ipaddress.IPv4Address(first - _IPV4)}/{32 - bits}"
    return f"{ipaddress.IPv6Address(first)}/{128 - bits}"
