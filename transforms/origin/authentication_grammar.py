"""Authentication-Results to methods, results and domains, by the grammar of RFC 8601, section 2.2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from transforms.enrich.hosts import ascii_host

RESULTS = ("pass", "fail", "softfail", "neutral", "none", "temperror", "permerror", "policy")
"""The results that are known (RFC 8601, 2.7)."""

_OLD_RESULTS = {"hardfail": "fail", "error": "temperror", "unknown": "permerror", "bestguesspass": "none"}
_READ_CHARS = 4 << 10
_MARK = re.compile(r'\\.|["()]', re.S)
_QUOTED = r'"(?:[^"\\]|\\.)*+"?'
_PIECE = re.compile(rf"(?:{_QUOTED}|[^\";])++")
_SERVER = re.compile(rf"\s*+(?:({_QUOTED})|([^\s=\";]++))(?!\s*+=)")
_METHOD = re.compile(r"\s*+([A-Za-z][A-Za-z0-9-]*+)\s*+(?:/\s*+\d++\s*+)?=\s*+([A-Za-z][A-Za-z0-9-]*+)(?![^\s])")
_PROPERTY = re.compile(
    rf"{_QUOTED}|([A-Za-z][A-Za-z0-9-]*+)\s*+\.\s*+([A-Za-z][A-Za-z0-9_-]*+)\s*+=\s*+((?:{_QUOTED}|[^\s\"])*+)"
)
_DOMAINS = {
    "spf": (("smtp", "mailfrom"), ("smtp", "mail"), ("smtp", "mfrom"), ("smtp", "helo")),
    "dkim": (("header", "d"), ("header", "i")),
    "dmarc": (("header", "from"),),
}
"""Which property names the domain that a method speaks of, the best first."""


class Result(NamedTuple):
    """One method's result; `domain` is the one that it speaks of, `scope` the property that names it."""

    method: str
    result: str
    domain: str | None
    scope: str | None


class Statement(NamedTuple):
    """What one line says: the server that says it, in lower case, and the results in order."""

    authserv_id: str | None
    results: tuple[Result, ...]


@lru_cache(1 << 13)
def read_statement(line: str) -> Statement:
    """Read an unfolded Authentication-Results field; never raises, linear in the line's length.

    A line without the name of a server (Microsoft's) has None for it. Results that nobody registered are left out.
    """
    pieces = _PIECE.findall(without_comments(line[:_READ_CHARS]))
    server = _SERVER.match(pieces[0]) if pieces else None
    if server is None:
        return Statement(None, tuple(_results(pieces)))
    name = _unquoted(server[1]) if server[1] else server[2]
    return Statement(name.lower().rstrip("."), tuple(_results(pieces[1:])))


def without_comments(text: str) -> str:
    """A structured field's text with a blank for each comment; comments nest, and one never closed goes to the end."""
    pieces, depth, start, is_quoted = [], 0, 0, False
    for mark in _MARK.finditer(text):
        sign = mark[0]
        if sign == '"' and depth == 0:
            is_quoted = not is_quoted
        elif sign == "(" and not is_quoted:
            if depth == 0:
                pieces += [text[start : mark.start()], " "]
            depth += 1
        elif sign == ")" and depth > 0:
            depth -= 1
            start = mark.end()
    return "".join(pieces) + text[start:] if depth == 0 else "".join(pieces)


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text.strip('"'))


def _results(pieces: list[str]) -> Iterator[Result]:
    for piece in pieces:
        if match := _METHOD.match(piece):
            method, result = match[1].lower(), match[2].lower()
            result = _OLD_RESULTS.get(result, result)
            if result in RESULTS:
                yield Result(method, result, *_domain(method, piece[match.end() :]))


def _domain(method: str, text: str) -> tuple[str | None, str | None]:
    """The domain that a result speaks of, and the property that names it."""
    wanted = _DOMAINS.get(method)
    if wanted is None:
        return None, None
    found = {}
    for kind, name, value in _PROPERTY.findall(text):
        found.setdefault((kind.lower(), name.lower()), value)
    places = [place for place in wanted if place in found]
    for place in places:
        if host := _host(found[place]):
            return host, ".".join(place)
    return None, ".".join(places[0]) if places else None


def _host(value: str) -> str | None:
    """The domain in `local@domain`, `@domain` or `domain`."""
    host = ascii_host(value.rpartition("@")[2].strip('<>"'))
    return host if host and "." in host else None
