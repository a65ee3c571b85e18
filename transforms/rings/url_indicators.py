"""What a link gives away: the domain or address behind it, and the seller whom a sale is paid to."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import unquote_plus, urlsplit

from transforms.enrich.hosts import registrable_domain
from transforms.rings.lists import MEANINGLESS, PARAMETERS, PATH_WORDS, is_common

_PATH_ID = re.compile(rf"/(?:{'|'.join(sorted(PATH_WORDS))})[/=]([a-z0-9_-]{{1,20}})(?=/|$)")
_BARE_ID = re.compile(r"[a-z]{0,4}[_-]?\d{3,7}")
_VALUE = re.compile(r"[a-z0-9][a-z0-9_.-]{1,15}")
_DIGEST = re.compile(r"(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,}")
_SMALL_NUMBER = re.compile(r"\d{1,3}|0+|19\d\d|20[0-4]\d")
_LONG_NUMBER = re.compile(r"\d{9,}|(?:19|20)\d\d[01]\d[0-3]\d")
_FOLLOWED = frozenset(("href", "action", "refresh"))
_URL_CHARS = 2048
_MOST_PAIRS = 30


def is_followed(source: str, sources: Collection[str]) -> bool:
    """Whether a link that stood in `source` is one that a reader follows, in a message with links in `sources`.

    Where links are anchored, one that is only shown is there for its looks: a bank's, over the way to another host.
    """
    return source != "text" or _FOLLOWED.isdisjoint(sources)


def link_indicators(url: str, host: str | None, domain: str | None) -> set[tuple[str, str]]:
    """(kind, value) pairs of a row of `urls` that `is_followed`; what is common is left out.

    `host` is told only where it is an address, for it names a machine that `domain` does not.
    """
    found = {("affiliate_id", value) for value in affiliate_ids(url)}
    if domain:
        found.add(("registrable_domain", domain))
    elif host and registrable_domain(host) is None and (":" in host or host[-1:].isdigit()):
        found.add(("host", host))
    return {(kind, value) for kind, value in found if not is_common(kind, value)}


@lru_cache(1 << 16)
def _is_everybodys(host: str) -> bool:
    domain = registrable_domain(host)
    return domain is not None and is_common("registrable_domain", domain)


def affiliate_ids(url: str) -> list[str]:
    """Affiliate and tracking ids that name the seller and not the reader, lower case, in order, each once.

    From query parameters in the lists, from paths such as `/aff/1234/`, and a query that is an id alone. Left out are
    links to everybody's hosts, and values that mean nothing or look as if drawn for one reader.
    """
    try:
        parts = urlsplit(url[:_URL_CHARS].lower())
        host = parts.hostname or ""
    except ValueError:  # a broken address in brackets
        return []
    if _is_everybodys(host):
        return []
    found = [value for value in (*_in_query(parts.query), *_PATH_ID.findall(parts.path)) if _names_seller(value)]
    return list(dict.fromkeys(found))


def _in_query(query: str) -> list[str]:
    if _BARE_ID.fullmatch(query):
        return [query]
    pairs = (piece.partition("=") for piece in re.split("[&;]", query, maxsplit=_MOST_PAIRS)[:_MOST_PAIRS])
    return [unquote_plus(value).strip() for name, _, value in pairs if name.removeprefix("amp;") in PARAMETERS]


@lru_cache(1 << 16)
def _names_seller(value: str) -> bool:
    if not _VALUE.fullmatch(value) or value in MEANINGLESS:
        return False
    return not (_DIGEST.fullmatch(value) or _SMALL_NUMBER.fullmatch(value) or _LONG_NUMBER.fullmatch(value))
