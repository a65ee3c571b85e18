"""Where belief ends: the last line that a host of the feed wrote, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from transforms.enrich.hosts import is_public, registrable_domain
from transforms.message.trust import is_fetched, is_trusted
from transforms.origin.facts import HopFacts
from transforms.origin.rules import HIGH, LOW, MEDIUM


class Boundary(NamedTuple):
    """How many lines from the top are believed, who counts as the feed's own, and the best that can come of it."""

    believed_count: int
    own_hosts: tuple[str, ...]
    confidence: str


def find_boundary(hops: Sequence[HopFacts], trusted_hosts: tuple[str, ...]) -> Boundary:
    """The lines marked as trusted; where none is, a guess."""
    count = 0
    for hop in hops:
        if not hop.is_trusted:
            break
        count += 1
    if count:
        return Boundary(count, trusted_hosts, _surety(hops[:count], trusted_hosts))
    count, own_hosts = guess(hops, trusted_hosts)
    return Boundary(count, own_hosts, LOW if trusted_hosts else MEDIUM)


def _surety(believed: Sequence[HopFacts], trusted_hosts: tuple[str, ...]) -> str:
    """Medium where an own host hands over from a public address that nobody listed: a reverse name is anybody's."""
    for hop in believed[:-1]:
        ip = hop.from_ip
        if ip is None or not is_public(ip) or is_fetched(hop.protocol):
            continue
        if not is_trusted(None, ip, trusted_hosts):
            return MEDIUM
    return HIGH


def guess(hops: Sequence[HopFacts], trusted_hosts: tuple[str, ...] = ()) -> tuple[int, tuple[str, ...]]:
    """How many lines the receiving side seems to have written, and its hosts and domains beside the trusted ones.

    The topmost line that names a writer is its own. So is a line behind a hand-over from a private address, by POP or
    IMAP, or without a sender; and one of the same domain that the line above names as its sender.
    """
    count, own = 0, trusted_hosts
    above: HopFacts | None = None
    for place, hop in enumerate(hops, start=1):
        if hop.by_host is None and hop.by_ip is None:
            continue
        if above is not None and not is_handed_inside(above) and not _goes_on(above, hop, own):
            break
        own = _with(own, hop.by_host or hop.by_ip)
        count, above = place, hop
    return count, own


def is_handed_inside(hop: HopFacts) -> bool:
    """Whether the line tells of a hand-over that no stranger can bring about."""
    if hop.from_ip is None:
        return hop.from_helo is None and hop.from_name is None
    return not is_public(hop.from_ip) or is_fetched(hop.protocol)


def _goes_on(above: HopFacts, hop: HopFacts, own: tuple[str, ...]) -> bool:
    """Whether the host that the line above took the message from is an own one, and wrote this line."""
    if not is_trusted(hop.by_host, hop.by_ip, own):
        return False
    name = above.from_name
    if name is None:
        return above.from_ip is None and above.from_helo is not None and above.from_helo.lower() == hop.by_host
    if name == above.by_host or not is_trusted(name, None, own):
        return False
    return name == hop.by_host or (above.from_ip is not None and above.from_ip == hop.by_ip)


def _with(own: tuple[str, ...], host: str) -> tuple[str, ...]:
    site = site_of(host)
    return own if site in own else (*own, site)


@lru_cache(1 << 14)
def site_of(host: str) -> str:
    """The registrable domain of a host, or itself where it has none."""
    return registrable_domain(host) or host
