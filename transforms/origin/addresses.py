"""Addresses as 16 bytes that sort as the addresses do: IPv6 as it is, IPv4 mapped into it (RFC 4291, 2.5.5.2)."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

MAPPED = 0xFFFF << 32
"""Where IPv4 lies in IPv6."""


@lru_cache(1 << 16)
def packed(ip: str) -> bytes:
    """An address in its usual form as 16 bytes; raises ValueError for what is none."""
    return number(ip).to_bytes(16, "big")


def number(ip: str) -> int:
    """An address as a number below 2^128; raises ValueError for what is none."""
    address = ipaddress.ip_address(ip)
    return int(address) + (MAPPED if address.version == 4 else 0)


def text(value: int) -> str:
    """The address of such a number in its usual form."""
    if value >> 32 == 0xFFFF:
        return str(ipaddress.IPv4Address(value - MAPPED))
    return str(ipaddress.IPv6Address(value))


def network(first: int, last: int) -> str | None:
    """The network in CIDR notation that begins and ends so; None when none does."""
    size = last - first + 1
    bits = size.bit_length() - 1
    if size != 1 << bits or first % size:
        return None
    is_ipv4 = first >> 32 == 0xFFFF and last >> 32 == 0xFFFF
    return f"{text(first)}/{(32 if is_ipv4 else 128) - bits}"
