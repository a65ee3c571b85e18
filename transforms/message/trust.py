"""Which Received lines the feed's own hosts wrote, and what follows from them: the capture time and the origin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from transforms.enrich.hosts import is_public
from transforms.message.received import Hop


def count_trusted(hops: Sequence[Hop], trusted_hosts: tuple[str, ...]) -> int:
    """How many lines, from the top, were written by trusted hosts.

    Lines that name no writer (qmail's `invoked` lines) are as good as the trusted line below them. Below the first
    line of a host that is not trusted everything may be forged.
    """
    count = 0
    if trusted_hosts:
        for place, hop in enumerate(hops, start=1):
            if hop.by_host is None and hop.by_ip is None:
                continue
            if not _is_trusted(hop.by_host, hop.by_ip, trusted_hosts):
                break
            count = place
    return count


@lru_cache(1 << 12)
def _is_trusted(by_host: str | None, by_ip: str | None, trusted_hosts: tuple[str, ...]) -> bool:
    """A host is trusted by its name, by a domain above it, or by its address."""
    for trusted in trusted_hosts:
        trusted = trusted.lower().strip(".")
        if trusted in (by_host, by_ip) or (by_host is not None and by_host.endswith("." + trusted)):
            return True
    return False


def capture_time(trusted: Sequence[Hop]) -> datetime | None:
    """The time on the topmost trusted line that tells one."""
    return next((hop.received_at for hop in trusted if hop.received_at), None)


def find_origin(trusted: Sequence[Hop]) -> Hop | None:
    """The outermost trusted line whose sender has a public address: who handed the message in."""
    return next((hop for hop in reversed(trusted) if hop.from_ip and is_public(hop.from_ip)), None)
