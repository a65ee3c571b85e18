"""What the header of a message gives away: program, sending domains, network. Plain functions of single facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from ipaddress import ip_network

from transforms.enrich.hosts import ascii_host, is_public, registrable_domain
from transforms.rings.header_fields import OF_A_LIST, OF_THE_COPY, OF_THE_WAY, is_of_a_filter

_NOT_THE_PROGRAMS = OF_THE_WAY | OF_THE_COPY | OF_A_LIST
_CONTENT = re.compile(r"mime-version|content-")
_COMMENT = re.compile(r"\([^()]*\)")
_SIGNED_BY = re.compile(r"header\.d=\s*\"?([a-z0-9_.-]{1,253})", re.I | re.A)
_SIGNER = re.compile(r"header\.i=[^\s;@]{0,64}@([a-z0-9_.-]{1,253})", re.I | re.A)
_RESULT_CHARS = 4096
_NAME_CHARS = 80
_MOST_FIELDS = 60


def message_indicators(
    x_mailer: str | None,
    header_names: Sequence[str],
    from_host: str | None,
    authentication_results: Sequence[str],
    origin_ip: str | None,
    reply_to_address: str | None = None,
    from_address: str | None = None,
) -> set[tuple[str, str]]:
    """(kind, value) pairs of columns of a row of `messages`."""
    single = {
        "mailer": mailer(x_mailer, tuple(header_names)),
        "sender_domain": sender_domain(from_host),
        "origin_network": origin_network(origin_ip),
        "drop_box": reply_box(reply_to_address, from_address),
    }
    signed = {("dkim_domain", domain) for domain in dkim_domains(authentication_results)}
    return signed | {(kind, value) for kind, value in single.items() if value}


@lru_cache(1 << 14)
def mailer(x_mailer: str | None, header_names: tuple[str, ...]) -> str | None:
    """The program: the name it gives itself (`-` without one), and a digest of the order of the fields it writes.

    Fields that come and go from copy to copy do not count, nor do those of hosts on the way; the MIME fields count as
    one where they stand together. Half of all spam poses as a few programs, and the order is where it is caught.
    """
    order: list[str] = []
    for name in header_names[: _MOST_FIELDS * 2]:
        if name in _NOT_THE_PROGRAMS or is_of_a_filter(name):
            continue
        name = "content" if _CONTENT.match(name) else name
        if order[-1:] != [name]:
            order.append(name)
    if not order:
        return None
    digest = blake2b(" ".join(order[:_MOST_FIELDS]).encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    name = " ".join((x_mailer or "-")[:_NAME_CHARS].split())
    return f"{name or '-'} {digest}"


def sender_domain(from_host: str | None) -> str | None:
    """The registrable domain that the sender claims."""
    host = ascii_host(from_host) if from_host else None
    return registrable_domain(host) if host else None


def dkim_domains(authentication_results: Sequence[str]) -> set[str]:
    """Registrable domains whose signature passed, by the word of Authentication-Results lines (RFC 8601)."""
    found = set()
    for line in authentication_results:
        if "dkim=pass" not in line.lower():
            continue
        plain = _COMMENT.sub("", _COMMENT.sub("", line[:_RESULT_CHARS]))
        for result in plain.split(";"):
            if result.strip().lower().startswith("dkim=pass"):
                named = _SIGNED_BY.search(result) or _SIGNER.search(result)
                found.add(sender_domain(named[1]) if named else None)
    return found - {None}


def origin_network(origin_ip: str | None) -> str | None:
    """The /24 of an IPv4 address or the /48 of an IPv6 one, in the usual form; None where no open network is."""
    if not origin_ip or not is_public(origin_ip):
        return None
    if ":" in origin_ip:
        return str(ip_network(f"{origin_ip}/48", strict=False))
    return f"{origin_ip.rpartition('.')[0]}.0/24"


def reply_box(reply_to_address: str | None, from_address: str | None) -> str | None:
    """The address that answers go to, where the sender claims another for himself; None for a masked recipient's."""
    if not reply_to_address or "[" in reply_to_address or "@" not in reply_to_address:
        return None
    box = reply_to_address.lower()
    return None if box == (from_address or "").lower() else box
