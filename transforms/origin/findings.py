"""What in the lines of a message speaks of forgery; each finding is a word of `rules.FINDINGS`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transforms.message.trust import is_trusted
from transforms.origin.boundary import Boundary
from transforms.origin.claims import claim_findings
from transforms.origin.facts import HopFacts
from transforms.origin.names import is_local, is_name, is_other_address, poses_as_provider


def find_forgeries(hops: Sequence[HopFacts], boundary: Boundary, origin_place: int | None) -> tuple[str, ...]:
    """The findings on a message, sorted; `origin_place` is the line that vouches for the origin, if one does."""
    found: set[str] = set()
    if origin_place is not None:
        found.update(_client_findings(hops[origin_place], boundary.own_hosts))
    if len(hops) > boundary.believed_count:
        found.update(claim_findings(hops, boundary))
    return tuple(sorted(found)) if found else ()


def _client_findings(hop: HopFacts, own_hosts: tuple[str, ...]) -> Iterator[str]:
    """What the client that handed the message in did itself."""
    if hop.from_name is not None and is_trusted(hop.from_name, None, own_hosts):
        yield "name_is_trap"
    elif hop.from_helo is not None:
        helo = hop.from_helo.lower()
        if _is_own(helo.strip("[]").rstrip("."), hop, own_hosts):
            yield "helo_is_trap"
        elif is_other_address(helo.strip("[]"), hop.from_ip):
            yield "helo_is_address"
        elif poses_as_provider(helo, hop.from_name, "unknown" in hop.raw):
            yield "helo_is_provider"


def _is_own(helo: str, hop: HopFacts, own_hosts: tuple[str, ...]) -> bool:
    if is_local(helo):
        return False
    return helo in (hop.by_host, hop.by_ip) or (is_name(helo) and is_trusted(helo, None, own_hosts))
