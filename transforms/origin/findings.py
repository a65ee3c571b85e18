"""What in the lines of a message speaks of forgery; each finding is a word of `rules.FINDINGS`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from transforms.enrich.hosts import ip_address, is_public, registrable_domain
from transforms.message.trust import is_trusted
from transforms.origin.boundary import Boundary
from transforms.origin.facts import HopFacts
from transforms.origin.providers import PROVIDERS
from transforms.origin.rules import CLOCK_TOLERANCE, LONGEST_QUEUE

_QUAD = re.compile(r"(?<![\w.:/-])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\w.:-])")
_LOCAL = frozenset(("localhost", "localhost.localdomain"))


def find_forgeries(hops: Sequence[HopFacts], boundary: Boundary, origin_place: int | None) -> tuple[str, ...]:
    """The findings on a message, sorted; `origin_place` is the line that vouches for the origin, if one does."""
    found = set()
    if origin_place is not None:
        found.update(_client_findings(hops[origin_place], boundary.own_hosts))
    if len(hops) > boundary.believed_count:
        found.update(_claim_findings(hops, boundary))
    return tuple(sorted(found)) if found else ()


def _client_findings(hop: HopFacts, own_hosts: tuple[str, ...]) -> Iterator[str]:
    if hop.from_name is not None and is_trusted(hop.from_name, None, own_hosts):
        yield "name_is_trap"
    elif hop.from_helo is not None:
        helo = hop.from_helo.lower()
        if _names_own(helo, hop, own_hosts):
            yield "helo_is_trap"
        elif _poses_as_provider(helo, hop.from_name, hop.raw):
            yield "helo_is_provider"


def _names_own(helo: str, hop: HopFacts, own_hosts: tuple[str, ...]) -> bool:
    helo = helo.strip("[]").rstrip(".")
    if helo in (hop.by_host, hop.by_ip):
        return helo not in _LOCAL
    return helo not in _LOCAL and _is_name(helo) and is_trusted(helo, None, own_hosts)


@lru_cache(1 << 14)
def _is_name(host: str) -> bool:
    return "." in host and "@" not in host and not host[-1:].isdigit() and host[0] != "["


@lru_cache(1 << 14)
def _provider(host: str) -> str | None:
    domain = registrable_domain(host) if _is_name(host) else None
    return domain if domain in PROVIDERS else None


def _poses_as_provider(helo: str, name: str | None, raw: str) -> bool:
    """A server that looks names up says `unknown` where it found none; one that says nothing may not have looked."""
    provider = _provider(helo.rstrip("."))
    if provider is None:
        return False
    if name is None:
        return "unknown" in raw[:400]
    return registrable_domain(name) not in PROVIDERS[provider]


def _claim_findings(hops: Sequence[HopFacts], boundary: Boundary) -> Iterator[str]:
    count, own_hosts = boundary.believed_count, boundary.own_hosts
    captured_at = _last_time(hops[:count])
    above = next((hop for hop in reversed(hops[:count]) if _has_writer(hop)), None)
    previous_at = captured_at
    for hop in hops[count:]:
        yield from _line_findings(hop, own_hosts if count else ())
        if above is not None and _is_broken(above, hop):
            yield "chain_broken"
        if hop.received_at is not None:
            yield from _time_findings(hop.received_at, previous_at, captured_at)
            previous_at = hop.received_at
        if _has_writer(hop):
            above = hop


def _last_time(hops: Sequence[HopFacts]) -> int | None:
    return next((hop.received_at for hop in reversed(hops) if hop.received_at), None)


def _time_findings(at: int, above_at: int | None, captured_at: int | None) -> Iterator[str]:
    if captured_at is not None and at - captured_at > CLOCK_TOLERANCE:
        yield "time_after_capture"
    if above_at is not None:
        if at - above_at > CLOCK_TOLERANCE:
            yield "time_backwards"
        elif above_at - at > LONGEST_QUEUE:
            yield "time_gap"


def _has_writer(hop: HopFacts) -> bool:
    return hop.by_host is not None or hop.by_ip is not None


def _line_findings(hop: HopFacts, own_hosts: tuple[str, ...]) -> Iterator[str]:
    if hop.from_ip is None and not _has_writer(hop):
        if hop.from_name is None and not hop.raw.startswith("("):
            yield "line_unreadable"
    elif _is_public_writer(hop) and is_trusted(hop.by_host, hop.by_ip, own_hosts):
        yield "trap_in_claims"
    if _is_impossible(hop.from_ip, hop.raw):
        yield "impossible_address"
    elif hop.from_ip is not None and not is_public(hop.from_ip) and _is_displaced(hop):
        yield "private_address"


def _is_public_writer(hop: HopFacts) -> bool:
    """Whether the writer is one machine and not any: `localhost` and private addresses are everybody's."""
    if hop.by_host is None or not _is_name(hop.by_host):
        return hop.by_ip is not None and is_public(hop.by_ip)
    return hop.by_host not in _LOCAL


def _is_displaced(hop: HopFacts) -> bool:
    """Whether the sender bears the name of a large provider, and the writer is none of its hosts."""
    name = (hop.from_name or hop.from_helo or "").lower().rstrip(".")
    provider = _provider(name)
    return provider is not None and bool(hop.by_host) and registrable_domain(hop.by_host) not in PROVIDERS[provider]


def _is_impossible(ip: str | None, raw: str) -> bool:
    if ip is None:
        sender = raw.partition(" by ")[0]
        return any(max(map(int, quad)) > 255 for quad in _QUAD.findall(sender))
    return ip[0] == "2" and ip[:4] >= "224." and ip[3:4] == "." or ip.startswith("0.")


def _is_broken(above: HopFacts, hop: HopFacts) -> bool:
    """Whether nothing that the upper line says of its sender fits the writer of the lower."""
    if not _has_writer(hop):
        return False
    return _is_foreign(above.from_helo, above.from_name, above.from_ip, hop.by_host, hop.by_ip)


@lru_cache(1 << 14)
def _is_foreign(helo: str | None, name: str | None, ip: str | None, by: str | None, by_ip: str | None) -> bool:
    """Names are held against names, addresses against addresses; private ones fit everything."""
    writer_ip = by_ip or (ip_address(by) if by else None)
    if ip is not None and not is_public(ip):
        return False
    if ip is not None and writer_ip is not None and is_public(writer_ip):
        return not _is_near(ip, writer_ip) and not _share_domain(helo, name, by)
    senders = {site for site in (_site(helo), _site(name)) if site}
    writer = _site(by)
    return writer is not None and bool(senders) and writer not in senders


def _share_domain(helo: str | None, name: str | None, by: str | None) -> bool:
    return _site(by) is not None and _site(by) in (_site(helo), _site(name))


@lru_cache(1 << 14)
def _site(host: str | None) -> str | None:
    return registrable_domain(host.lower().rstrip(".")) if host and _is_name(host) else None


def _is_near(ip: str | None, other: str | None) -> bool:
    """Whether two addresses share their first half: IPv4 networks of one owner."""
    return ip is not None and other is not None and ip.split(".")[:2] == other.split(".")[:2]
