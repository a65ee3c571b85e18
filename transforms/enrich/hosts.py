"""Host names: their ASCII form, addresses in any spelling, and the domain that someone registered."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache

import idna
from publicsuffixlist import PublicSuffixList

_CACHED = 1 << 16
_MOST_IDN_CHARS = 100
_MOST_IDN_DOTS = 5
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_-]{1,63})*")
_QUAD = re.compile(r"\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}")
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_PLAIN_QUAD = re.compile(rf"{_OCTET}(?:\.{_OCTET}){{3}}", re.A)
_NUMBER = re.compile(r"0x[0-9a-f]{0,16}|\d{1,20}")

_NETWORKS = [
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "224.0.0.0/3",
        "::/127",
        "fc00::/7",
        "fe80::/10",
        "ff00::/8",
    )
]
_NOT_PUBLIC = {
    version: [(int(each.network_address), int(each.netmask)) for each in _NETWORKS if each.version == version]
    for version in (4, 6)
}


@lru_cache(1)
def suffix_list() -> PublicSuffixList:
    """The list of public suffixes that came with the package; never a newer one from the network."""
    return PublicSuffixList()


@lru_cache(_CACHED)
def registrable_domain(host: str) -> str | None:
    """`host` (lower case, ASCII) up to one label below its public suffix; None for addresses and bare suffixes."""
    if ":" in host or _QUAD.fullmatch(host):
        return None
    return suffix_list().privatesuffix(host)


@lru_cache(_CACHED)
def ascii_host(host: str) -> str | None:
    """A host name in lower case and ASCII (IDNA, UTS 46), without a trailing dot; None when it can be none."""
    host = host.strip().rstrip(".").lower()
    if not host.isascii():
        host = _from_unicode(host)
    return host if _HOST.fullmatch(host) else None


def _from_unicode(host: str) -> str:
    if len(host) > _MOST_IDN_CHARS or host.count(".") > _MOST_IDN_DOTS:
        return ""
    try:
        return idna.encode(host, uts46=True, transitional=False).decode("ascii")
    except (idna.IDNAError, UnicodeError, ValueError):
        pass
    try:
        return host.encode("idna").decode("ascii").lower()
    except (UnicodeError, ValueError):
        return ""


@lru_cache(_CACHED)
def ip_address(text: str) -> str | None:
    """An IPv4 or IPv6 address in its usual form; None when `text` is none. IPv4 in IPv6 is given as IPv4."""
    if _PLAIN_QUAD.fullmatch(text):
        return text
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return _zero_padded(text)
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address).partition("%")[0]


def _zero_padded(text: str) -> str | None:
    """`010.001.002.003`, as some hosts write addresses in Received lines: decimal."""
    if not _QUAD.fullmatch(text) or any(int(octet) > 255 for octet in text.split(".")):
        return None
    return ".".join(str(int(octet)) for octet in text.split("."))


def is_public(ip: str) -> bool:
    """Whether an address (in its usual form) is one of the open network: not private, local or a group's.

    Addresses reserved for documentation count as public, so that examples behave like mail.
    """
    if ":" in ip:
        return _is_public(ip)
    first, second, *_ = ip.split(".", 2)
    return _is_public(f"{first}.{second}.0.0")  # no network in the list is smaller


@lru_cache(_CACHED)
def _is_public(ip: str) -> bool:
    address = ipaddress.ip_address(ip)
    value = int(address)
    return not any(value & mask == network for network, mask in _NOT_PUBLIC[address.version])


def numeric_address(host: str) -> str | None:
    """The IPv4 address that a browser makes of `3232235777`, `0xc0.0xa8.1.1`, `0300.0250.1.1` or a dotted quad.

    None when the host is no such number (WHATWG URL, IPv4 parser).
    """
    pieces = host.lower().rstrip(".").split(".")
    if len(pieces) > 4 or not all(map(_NUMBER.fullmatch, pieces)):
        return None
    try:
        *heads, last = map(_number, pieces)
    except ValueError:
        return None
    if any(head > 255 for head in heads) or last >= 256 ** (5 - len(pieces)):
        return None
    value = last + sum(head << (24 - 8 * place) for place, head in enumerate(heads))
    return str(ipaddress.IPv4Address(value))


def _number(piece: str) -> int:
    if piece.startswith("0x"):
        return int(piece[2:] or "0", 16)
    return int(piece, 8) if len(piece) > 1 and piece.startswith("0") else int(piece)
