"""The lines below the boundary, each held against itself, the line above it and the time of capture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from transforms.enrich.hosts import ip_address, is_public
from transforms.message.trust import is_trusted
from transforms.origin.boundary import Boundary
from transforms.origin.facts import HopFacts
from transforms.origin.names import domain_of, is_displaced, is_local, is_name
from transforms.origin.rules import CLOCK_TOLERANCE, LONGEST_QUEUE

_QUAD = re.compile(r"(?<![\w.:/-])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\w.:-])", re.A)
_NOT_HOSTS = re.compile(r"0\.|2(?:2[4-9]|[345]\d)\.")


def claim_findings(hops: Sequence[HopFacts], boundary: Boundary) -> Iterator[str]:
    """What speaks against the lines below the boundary; some words come more than once."""
    count, own_hosts = boundary.believed_count, boundary.own_hosts
    captured_at = above_at = _last_time(hops[:count])
    above = next((hop for hop in reversed(hops[:count]) if _has_writer(hop)), None)
    for hop in hops[count:]:
        yield from _line_findings(hop, own_hosts)
        if hop.received_at is not None:
            yield from _time_findings(hop.received_at, above_at, captured_at)
            above_at = hop.received_at
        else:
            yield "time_missing"
        if _has_writer(hop):
            if above is not None and is_broken(*above[:3], hop.by_host, hop.by_ip):
                yield "chain_broken"
            above = hop


def _last_time(hops: Sequence[HopFacts]) -> int | None:
    return next((hop.received_at for hop in reversed(hops) if hop.received_at is not None), None)


def _has_writer(hop: HopFacts) -> bool:
    return hop.by_host is not None or hop.by_ip is not None


def _time_findings(at: int, above_at: int | None, captured_at: int | None) -> Iterator[str]:
    if captured_at is not None and at - captured_at > CLOCK_TOLERANCE:
        yield "time_after_capture"
    if above_at is not None:
        if at - above_at > CLOCK_TOLERANCE:
            yield "time_backwards"
        elif above_at - at > LONGEST_QUEUE:
            yield "time_gap"


def _line_findings(hop: HopFacts, own_hosts: tuple[str, ...]) -> Iterator[str]:
    """What one line says that no honest one can."""
    ip, raw = hop.from_ip, hop.raw
    if _has_writer(hop):
        if _is_one_machine(hop) and is_trusted(hop.by_host, hop.by_ip, own_hosts):
            yield "trap_in_claims"
    elif ip is None and hop.from_name is None and not raw.startswith("("):
        yield "line_unreadable"
    if ip is None:
        if has_impossible_quad(raw.partition(" by ")[0]):
            yield "impossible_address"
    elif _NOT_HOSTS.match(ip):
        yield "impossible_address"
    elif not is_public(ip) and is_displaced(hop.from_name or hop.from_helo, hop.by_host):
        yield "private_address"


def _is_one_machine(hop: HopFacts) -> bool:
    """Whether the writer is one machine and not any: `localhost` and private addresses are everybody's."""
    if hop.by_host is not None and is_name(hop.by_host):
        return not is_local(hop.by_host)
    return hop.by_ip is not None and is_public(hop.by_ip)


def has_impossible_quad(sender: str) -> bool:
    """Whether a text holds four numbers with dots of which one is over 255."""
    return any(max(map(int, quad)) > 255 for quad in _QUAD.findall(sender))


@lru_cache(1 << 14)
def is_broken(helo: str | None, name: str | None, ip: str | None, by_host: str | None, by_ip: str | None) -> bool:
    """Whether the writer of a line is not the sender that the line above names.

    Names are held against names and addresses against addresses; private ones, and names without a domain, fit all.
    """
    if ip is not None and not is_public(ip):
        return False
    senders = {domain for domain in (domain_of(helo), domain_of(name)) if domain}
    writer, writer_ip = domain_of(by_host), by_ip or (ip_address(by_host) if by_host else None)
    if writer in senders:
        return False
    if ip is not None and writer_ip is not None and is_public(writer_ip):
        return ip.split(".")[:2] != writer_ip.split(".")[:2]
    return bool(senders) and writer is not None
