"""The origin of one message out of its Received lines."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.enrich.hosts import is_public
from transforms.message.trust import is_fetched, is_trusted
from transforms.origin.boundary import Boundary, find_boundary
from transforms.origin.facts import HopFacts, Origin
from transforms.origin.findings import find_forgeries
from transforms.origin.rules import LOW, NONE

_SEEN_AS_TOKEN = ("(Exim", "HTTP")


def find_origin(hops: Sequence[HopFacts], trusted_hosts: tuple[str, ...] = ()) -> Origin:
    """The origin of a message from its lines, top down, and the feed's trusted hosts; pure, never raises.

    The origin is the address that the outermost believed line took the message from, when that is a public one and
    none of the feed's own.
    """
    boundary = find_boundary(hops, trusted_hosts)
    count = boundary.believed_count
    claims = hops[count:]
    place = count - 1 if count and _vouches(hops[count - 1], boundary) else None
    findings = find_forgeries(hops, boundary, place)
    claimed = next((hop.from_ip for hop in reversed(claims) if hop.from_ip and is_public(hop.from_ip)), None)
    if place is None:
        return Origin(None, None, None, NONE, None, count, claimed, findings)
    hop = hops[place]
    confidence = LOW if _is_doubtful(hop, boundary) else boundary.confidence
    return Origin(hop.from_ip, hop.from_helo, hop.from_name, confidence, place, count, claimed, findings)


def _vouches(hop: HopFacts, boundary: Boundary) -> bool:
    ip = hop.from_ip
    is_strange = ip is not None and is_public(ip) and not is_fetched(hop.protocol)
    return is_strange and not is_trusted(None, ip, boundary.own_hosts)


def _is_doubtful(hop: HopFacts, boundary: Boundary) -> bool:
    if hop.from_name is not None and is_trusted(hop.from_name, None, boundary.own_hosts):
        return True
    return is_greeting_only(hop)


def is_greeting_only(hop: HopFacts) -> bool:
    """Whether the address stands nowhere but where servers write what the client says in HELO.

    Exim and servers of web mail write there what they saw themselves.
    """
    helo, ip = hop.from_helo, hop.from_ip
    if helo is None or ip is None or helo.strip("[]") != ip:
        return False
    sender = hop.raw.partition(" by ")[0]
    return sender.count(ip) < 2 and not any(word in hop.raw for word in _SEEN_AS_TOKEN)
