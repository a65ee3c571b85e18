"""Small MaxMind databases, written as their specification (2.0) says: 24-bit records, a tree of IPv6."""

from __future__ import annotations

import ipaddress
from typing import Any

_SEPARATOR = b"\xab\xcd\xefMaxMind.com"


def mmdb(entries: dict[str, dict], database_type: str = "Test-ASN", epoch: int = 1_425_340_800) -> bytes:
    """A database that says of each network (IPv4 ones lie in ::/96) what is given."""
    tree: list[list] = [[None, None]]
    data, offsets = b"", []
    for network, record in entries.items():
        offsets.append(len(data))
        data += _encoded(record)
        _enter(tree, ipaddress.ip_network(network), len(offsets) - 1)
    nodes = b"".join(_pointer(side, len(tree), offsets) for node in tree for side in node)
    about = {
        "binary_format_major_version": 2,
        "binary_format_minor_version": 0,
        "build_epoch": epoch,
        "database_type": database_type,
        "description": {"en": "test"},
        "ip_version": 6,
        "languages": ["en"],
        "node_count": len(tree),
        "record_size": 24,
    }
    return nodes + bytes(16) + data + _SEPARATOR + _encoded(about)


def _enter(tree: list[list], network: Any, number: int) -> None:
    bits = f"{int(network.network_address):0128b}"
    length = network.prefixlen + (96 if network.version == 4 else 0)
    at = 0
    for bit in map(int, bits[: length - 1]):
        if tree[at][bit] is None:
            tree.append([None, None])
            tree[at][bit] = len(tree) - 1
        at = tree[at][bit]
    tree[at][int(bits[length - 1])] = ("data", number)


def _pointer(side: Any, node_count: int, offsets: list[int]) -> bytes:
    if isinstance(side, tuple):
        side = node_count + 16 + offsets[side[1]]
    return (node_count if side is None else side).to_bytes(3, "big")


_KINDS = {"build_epoch": 9, "node_count": 6}


def _encoded(value: Any, key: str = "") -> bytes:
    if isinstance(value, str):
        content = value.encode()
        return _control(2, len(content)) + content
    if isinstance(value, int):
        content = value.to_bytes((value.bit_length() + 7) // 8, "big")
        return _control(_KINDS.get(key, 5 if value < 1 << 16 else 6), len(content)) + content
    if isinstance(value, dict):
        return _control(7, len(value)) + b"".join(_encoded(name) + _encoded(each, name) for name, each in value.items())
    return _control(11, len(value)) + b"".join(map(_encoded, value))


def _control(kind: int, size: int) -> bytes:
    rest = b""
    if size >= 29:
        assert size < 285
        size, rest = 29, bytes([size - 29])
    return (bytes([kind << 5 | size]) if kind < 8 else bytes([size, kind - 7])) + rest
