"""Host names of Received lines: whose they are."""

from __future__ import annotations

from functools import lru_cache

from transforms.enrich.hosts import ip_address, is_public, registrable_domain
from transforms.origin.providers import PROVIDERS

_CACHED = 1 << 14


def is_local(host: str) -> bool:
    """Whether a name is every machine's own."""
    return host in ("localhost", "localhost.localdomain")


@lru_cache(_CACHED)
def is_name(host: str) -> bool:
    """Whether a text can be a name with a domain: no address, mailbox or single label."""
    return "." in host and "@" not in host and not host[-1].isdigit() and host[0] != "["


@lru_cache(_CACHED)
def domain_of(host: str | None) -> str | None:
    """The registrable domain of a name as it is written; None for what has none."""
    return registrable_domain(host.lower().rstrip(".")) if host and is_name(host) else None


@lru_cache(_CACHED)
def provider_of(host: str | None) -> str | None:
    """The registrable domain of a name, when it is a large provider's."""
    domain = domain_of(host)
    return domain if domain in PROVIDERS else None


def is_displaced(sender: str | None, writer: str | None) -> bool:
    """Whether the sender bears the name of a large provider, and the writer is a host of somebody else."""
    provider = provider_of(sender)
    return provider is not None and writer is not None and domain_of(writer) not in PROVIDERS[provider]


@lru_cache(_CACHED)
def poses_as_provider(helo: str, name: str | None, has_no_name: bool) -> bool:
    """Whether a client greets as a large provider, and the name looked up for its address is not the provider's.

    Where no name is told, only a server's word for none (`has_no_name`) says that it looked.
    """
    provider = provider_of(helo)
    if provider is None:
        return False
    return has_no_name if name is None else domain_of(name) not in PROVIDERS[provider]


def is_other_address(helo: str, ip: str | None) -> bool:
    """Whether a client greets with an address of the open network that is not the one it has."""
    if not helo[:1].isalnum() or not (helo[-1].isdigit() or ":" in helo):
        return False
    said = ip_address(helo.removeprefix("ipv6:"))
    return said is not None and said != ip and is_public(said)
