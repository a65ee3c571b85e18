"""One link as it is spelled, to the link as a browser would follow it (WHATWG URL, as far as spam needs it)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from transforms.enrich.hosts import ascii_host, ip_address, numeric_address, registrable_domain
from transforms.message.limits import PATH_CHARS, URL_CHARS

_JUNK = re.compile(r"[\x00-\x1f\x7f]+")
_USUAL = re.compile(r"(https?)://([A-Za-z0-9.-]+)((?:[/?#][!-~]*)?)")
"""What nearly every link is spelled like; all that is said of it is what the long way would say, too."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,20}):")
_AUTHORITY = re.compile(r"[/\\]*+([^/\\?#]*+)(.*)", re.S)
_PATH = re.compile(r"[^?#]*+")
_NAME_PORT = re.compile(r"(.*?)(?::(\d{0,9}))?", re.S)
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}\.?", re.I)
_ENDS_IN_NUMBER = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)$")
_WEB = frozenset(("http", "https", "ftp"))
_WITHOUT_HOST = frozenset(("mailto", "tel"))


class Host(NamedTuple):
    """A host in its usual form, its registrable domain, and whether it was spelled to hide."""

    name: str
    domain: str | None
    is_obfuscated: bool


class Url(NamedTuple):
    """A link in two halves: `stem` (scheme, host, port) and `tail`, which alone may repeat a recipient."""

    stem: str
    tail: str
    scheme: str
    host: Host | None
    port: int | None
    is_obfuscated: bool


def read_url(spelling: str, base: str | None = None) -> Url | None:
    """The link that `spelling` means; None when it leads nowhere outside the message (cid, data, script, anchor).

    A relative one counts only under a `base`. Host and scheme come out in their usual form, a user part is dropped.
    """
    if usual := _USUAL.fullmatch(spelling):
        scheme, place, tail = usual.groups()
        return _at_host(scheme, read_host(place), None, tail, False)
    text = without_junk(spelling.strip())[: 2 * URL_CHARS]
    match = _SCHEME.match(text)
    if match is None:
        text = _absolute(text, base)
        match = _SCHEME.match(text)
        if match is None:
            return None
    scheme, rest = match[1].lower(), text[match.end() :]
    if scheme in _WITHOUT_HOST:
        return Url(scheme + ":", rest[:URL_CHARS], scheme, None, None, False) if rest.strip("/ ") else None
    return _web(scheme, rest) if scheme in _WEB else None


def without_junk(spelling: str) -> str:
    """A spelling without the control characters that browsers skip."""
    return _JUNK.sub("", spelling)


def path_of(tail: str) -> str:
    """The path at the start of a tail."""
    return _PATH.match(tail)[0][:PATH_CHARS]


def _absolute(text: str, base: str | None) -> str:
    if text.startswith("//"):
        return "http:" + text
    if text[:4].lower() == "www.":
        return "http://" + text
    if base and text and not text.startswith("#"):
        try:
            return urljoin(base, text)
        except ValueError:
            pass
    return ""


def _web(scheme: str, rest: str) -> Url | None:
    authority, tail = _AUTHORITY.fullmatch(rest).groups()
    user, _, place = authority.rpartition("@")
    host_text, port_text = (place, None) if place.endswith("]") else _NAME_PORT.fullmatch(place).groups()
    port = int(port_text) if port_text and int(port_text) <= 65_535 else None
    tail = tail.replace("\\", "/") if tail.startswith("\\") else tail
    return _at_host(scheme, read_host(host_text), port, tail, bool(user))


def _at_host(scheme: str, host: Host | None, port: int | None, tail: str, has_user: bool) -> Url | None:
    if host is None:
        return None
    name = f"[{host.name}]" if ":" in host.name else host.name
    stem = f"{scheme}://{name}" if port is None else f"{scheme}://{name}:{port}"
    return Url(stem, tail[: URL_CHARS - len(stem)], scheme, host, port, has_user or host.is_obfuscated)


@lru_cache(1 << 15)
def read_host(text: str) -> Host | None:
    """The host that a browser would ask; None when it can be none."""
    plain = unquote(text) if "%" in text else text
    is_escaped = plain != text
    if plain.startswith("["):
        address = ip_address(plain.strip("[]"))
        return Host(address, None, is_escaped) if address else None
    if _NUMERIC.fullmatch(plain) and (address := numeric_address(plain)):
        return Host(address, None, is_escaped or address != plain)
    name = ascii_host(plain)
    if name and _ENDS_IN_NUMBER.search(name):
        return None
    return Host(name, registrable_domain(name), is_escaped) if name else None
