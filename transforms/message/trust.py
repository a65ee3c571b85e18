"""Which Received lines the feed's own hosts wrote, and what follows from them: the capture time and the origin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from transforms.enrich.hosts import is_public
from transforms.message.received import Hop


def count_trusted(hops: Sequence[Hop], trusted_hosts: tuple[str, ...]) -> int:
    """How many lines, from the top, were written by trusted hosts.

    Lines that name no writer (qmail's `invoked` lines) are as good as the trusted line below them. Everything may be
    forged below the first line of a host that is not trusted, and below the line on which a trusted host took the
    message from a stranger: who hands a message in may write any host's name into the lines that come with it.
    """
    count = 0
    if trusted_hosts:
        for place, hop in enumerate(hops, start=1):
            if hop.by_host is None and hop.by_ip is None:
                continue
            if not is_trusted(hop.by_host, hop.by_ip, trusted_hosts):
                break
            count = place
            if _is_from_stranger(hop, trusted_hosts):
                break
    return count


def _is_from_stranger(hop: Hop, trusted_hosts: tuple[str, ...]) -> bool:
    """From a public address that is not trusted, nor is the name looked up for it; HELO is only a claim.

    A name without a dot, `localhost` foremost, is no name of a public address: anybody may have it looked up for his.
    Nor does a host take a message from itself across the network: such a reverse name is a client's trick. What the
    feed's own host fetched out of a mailbox was handed over by the host that keeps it.
    """
    if hop.from_ip is None or not is_public(hop.from_ip) or is_fetched(hop.protocol):
        return False
    name = hop.from_name
    if name is not None and ("." not in name or name == hop.by_host):
        name = None
    return not is_trusted(name, hop.from_ip, trusted_hosts)


def is_fetched(protocol: str | None) -> bool:
    """Whether a line tells of a message fetched out of a mailbox: a client cannot have it written."""
    return protocol is not None and protocol.startswith(("POP", "IMAP"))


@lru_cache(1 << 12)
def is_trusted(name: str | None, ip: str | None, trusted_hosts: tuple[str, ...]) -> bool:
    """A host is trusted by its name, by a domain above it, or by its address; `localhost` is no domain."""
    for trusted in trusted_hosts:
        trusted = trusted.lower().strip(".")
        if trusted in (name, ip):
            return True
        is_domain = "." in trusted and not trusted[-1].isdigit()
        if is_domain and name is not None and name.endswith("." + trusted):
            return True
    return False


def capture_time(trusted: Sequence[Hop]) -> datetime | None:
    """The time on the topmost trusted line that tells one."""
    return next((hop.received_at for hop in trusted if hop.received_at), None)


def find_origin(trusted: Sequence[Hop]) -> Hop | None:
    """The outermost trusted line whose sender has a public address: who handed the message in."""
    return next((hop for hop in reversed(trusted) if hop.from_ip and is_public(hop.from_ip)), None)
