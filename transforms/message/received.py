"""One Received line to its clauses, in the dialects of qmail, Postfix, Exim, Sendmail, Exchange, Gmail and others.

RFC 5321 gives the grammar; every server writes HELO name, looked-up name and address in its own way. A line that says
nothing of a clause leaves it empty; nothing here is believed or doubted, see `trust`.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from transforms.enrich.hosts import ip_address
from transforms.message.addresses import find_addresses, lower
from transforms.message.dates import read_time

_READ_CHARS = 2 << 10
_TIME_CHARS = 100
_COMMENTS = r"(?:\((?:[^()]|\([^()]*+\)){0,500}+\)\s*+|\[[0-9A-Za-z.:]{2,60}\]\s*+)"
_MORE = rf"[^()]{{0,200}}?{_COMMENTS}*+(?=\bby\s)"
_FROM = rf"from\s++(?!by\s)(?P<sender>[^\s()]++)?\s*+(?P<sender_info>{_COMMENTS}*+)(?P<more>{_MORE})?"
_BY_KEYWORD = r"by\s++(?!(?:with|id|for|via)\s)"
_WRITTEN_BY = rf"{_BY_KEYWORD}(?P<host>[^\s();]++)\s*+(?P<host_info>{_COMMENTS}*+)"
_LINE = re.compile(rf"(?:\([^()]*+\)\s*+)?(?:{_FROM})?(?:{_WRITTEN_BY})?", re.I)
_BY = re.compile(rf"\b{_BY_KEYWORD}([^\s();]++)", re.I)
_COMMENT = re.compile(r"\([^()]*+\)")
_CLAUSE = re.compile(r"\b(with|id|for)\s++(<[^>]*+>?|[^\s;]++)", re.I)
_BEHIND = re.compile(r"\b(?:id|for)\s", re.I)
_SEVERAL = re.compile(r"\bfor\s++((?:<[^<>]*+>|[^\s;,<>]++)(?:\s*+,\s*+(?:<[^<>]*+>|[^\s;,<>]++))++)", re.I)
_PROTOCOL = re.compile(r"[A-Za-z][A-Za-z0-9+-]{0,30}")
_BRACKETED = re.compile(r"\[(?:IPv6:)?([0-9A-Fa-f:.]{2,45})(?:%\w+)?\]", re.I)
_PARENTHESED = re.compile(r"\((?:[^\s()@\[\]]{0,100}@)?(?:IPv6:)?([0-9A-Fa-f:.]{3,45})\)", re.I)
_BARE = re.compile(r"(?<![\w.:-])(\d{1,3}(?:\.\d{1,3}){3})(?![\w.-])")
_HELO = re.compile(r"\b(?:(?:HELO|EHLO)[ =]|claiming to be )\s*+([^\s()]++)", re.I)
_LOOKED_UP = re.compile(r"\(\s*+(?:[^\s()@\[\]]{0,100}@)?([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)\.?\s*+(?=[\[(]|\)|\s\[)")
_NAME_AND_IP = re.compile(r"([^\[\]]++)(\[[0-9A-Za-z.:]{2,60}\])")
_HOST = re.compile(r"[A-Za-z0-9_.:+\[\]-]{1,255}")
_NOBODY = frozenset(("unknown", "unverified", "helo", "ehlo", "may", "port", "account", "authenticated", "not", "no"))


class Hop(NamedTuple):
    """What one Received line says. Names are as written, addresses in their usual form.

    `for_address` is a secret, and so are those of a line that names several: `more_for`.
    """

    from_helo: str | None
    from_name: str | None
    from_ip: str | None
    by_host: str | None
    by_ip: str | None
    protocol: str | None
    queue_id: str | None
    for_address: str | None
    received_at: datetime | None
    more_for: tuple[str, ...] = ()


_NOTHING = Hop(*(None,) * 9)


def read_received(line: str) -> Hop:
    """Read an unfolded Received line (blanks collapsed); never raises, linear in the line's length."""
    line = line[:_READ_CHARS]
    clauses, _, time = line.rpartition(";")
    if not clauses:
        clauses = time = line
    said = _NOTHING if clauses.startswith("(qmail") else _read_clauses(clauses)
    if time is not clauses and said is not _NOTHING and _BEHIND.search(time):
        said = _filled(said, _clauses(time))
    *facts, _, more_for = said
    return Hop(*facts, read_time(time.strip()) or read_time(clauses[-_TIME_CHARS:]), more_for)


def _filled(said: Hop, found: dict[str, Any]) -> Hop:
    """With the id and the recipients that some servers write behind the time, where none stand before it."""
    if said.queue_id is None:
        said = said._replace(queue_id=found.get("id"))
    if said.for_address is None and "for" in found:
        recipient, *more = found["for"]
        said = said._replace(for_address=recipient, more_for=tuple(more))
    return said


@lru_cache(1 << 13)
def _read_clauses(text: str) -> Hop:
    """All but the time: a trap's own hosts write the same again and again."""
    match = _LINE.match(text)
    sender, sender_info, more_info, host, host_info = match.group("sender", "sender_info", "more", "host", "host_info")
    if host is None and (by := _BY.search(text)):
        host = by[1]
    rest = text[match.end() :]
    found = _clauses(f"{more_info}{rest}" if more_info else rest)
    writer = "exim" if "(Exim" in rest else "exchange" if found.get("protocol") == "MICROSOFT" else ""
    info = f"{sender_info or ''}{more_info or ''}"
    helo, name, ip = _sender(sender, info, writer) if sender or sender_info else (None,) * 3
    by_ip = _first_ip(host_info) if host_info else None
    protocol, queue_id, (recipient, *more) = found.get("protocol"), found.get("id"), found.get("for", (None,))
    return Hop(helo, name, ip, *_host(host, by_ip), protocol, queue_id, recipient, None, tuple(more))


def _clauses(text: str) -> dict[str, Any]:
    """Protocol, id and recipients: the first of each outside of comments."""
    if "(" in text:
        text = _COMMENT.sub(" ", text)
    found: dict[str, Any] = {}
    for keyword, value in _CLAUSE.findall(text):
        keyword = keyword.lower()
        if keyword == "with" and "protocol" not in found and (protocol := _PROTOCOL.match(value.lstrip("["))):
            found["protocol"] = protocol[0].upper()
        elif keyword == "id" and "id" not in found:
            found["id"] = value.strip("<>;,")[:200]
        elif keyword == "for" and "for" not in found and (addresses := find_addresses(value)):
            found["for"] = addresses
    if "," in text and "for" in found and (several := _SEVERAL.search(text)):
        found["for"] = find_addresses(several[1]) or found["for"]
    return found


def _sender(token: str | None, info: str, writer: str) -> tuple[str | None, str | None, str | None]:
    """HELO, looked-up name and address. The token is the HELO name, unless the line gives that in words.

    Exim and qmail write only the looked-up name when HELO says the same; Exchange writes only HELO. An address in HELO
    is the client's word: the one that the server saw is taken before it.
    """
    if token and (glued := _NAME_AND_IP.fullmatch(token)):
        token, info = glued[1], f"{info}{glued[2]}"
    token_ip = _as_ip(token) if token else None
    if info and (said := _HELO.search(info)):
        name = None if token_ip or not token or token.lower() in _NOBODY else token
        ip = _first_ip(info[: said.start()] + info[said.end() :]) or token_ip
        return said[1].strip('",')[:255] or None, _label(name), ip or _as_ip(said[1])
    ip = _first_ip(info) if info else None
    looked_up = _looked_up(info) if info else None
    if looked_up is None and token and not token_ip and ip and writer != "exchange":
        is_qmail = info.startswith("(") and "[" not in info
        looked_up = token if is_qmail or writer == "exim" else None
    helo = None if token is None or token.lower() == "unknown" else token[:255]
    return helo, _label(looked_up), ip or token_ip


def _looked_up(info: str) -> str | None:
    """The name in `(name [address])`, unless it is an address or a word for no name."""
    match = _LOOKED_UP.match(info)
    if match is None or match[1].lower() in _NOBODY or _as_ip(match[1]):
        return None
    return match[1]


def _label(name: str | None) -> str | None:
    if name is None or name.lower() in _NOBODY:
        return None
    return lower(name.rstrip("."))[:255] or None


def _host(host: str | None, by_ip: str | None) -> tuple[str | None, str | None]:
    """The writing host in lower case; one that gives only its address has that as by_ip too."""
    if host is None or not _HOST.fullmatch(host := host.strip("<>,")):
        return None, by_ip
    return host.strip("[]").rstrip(".").lower() or None, by_ip or _as_ip(host)


@lru_cache(1 << 14)
def _first_ip(info: str) -> str | None:
    for pattern in (_BRACKETED, _PARENTHESED, _BARE):
        for candidate in pattern.findall(info):
            if address := ip_address(candidate):
                return address
    return None


@lru_cache(1 << 14)
def _as_ip(token: str) -> str | None:
    token = token.strip("[]").removeprefix("IPv6:").removeprefix("ipv6:")
    return ip_address(token) if token and (token[0].isdigit() or ":" in token) else None
