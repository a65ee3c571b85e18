"""H1: header information that is false or misleading."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from publicsuffixlist import PublicSuffixList

from transforms.compliance.finding import Finding, Rule, indicator, not_applicable, not_determinable, passed
from transforms.compliance.terms import TERMS
from transforms.enrich.hosts import ascii_host, ip_address, is_public, registrable_domain
from transforms.message.masking import MASK
from transforms.rings.lists import EVERYBODYS, FREE_MAIL

RULE = Rule("H1", "False or misleading header information", "15 USC 7704(a)(1)", "message")

_TERMS = TERMS["header"]
_REASONS: dict[str, str] = _TERMS["reasons"]
_WEIGHTS = {word: weight for weight in ("strong", "weak") for word in _TERMS[weight]}
_KIN = {domain: number for number, names in enumerate(_TERMS["kin"]) for domain in names.split()}
_TOPS_TAKEN = frozenset((*_TERMS["former"], *_TERMS["examples"]))
_CACHED = 1 << 16
_COVERED = ("commercial", "transactional")


class Evidence(NamedTuple):
    """One thing that speaks of a false header: in words of ours, the field it is in, and its weight."""

    reason: str
    field: str
    weight: str


class HeaderFacts(NamedTuple):
    """Of one message: its template's purpose, words of the origin findings, and columns of `messages`.

    `origin_name` is the name that was looked up for `origin_ip`; `spf`, `dkim` and `dmarc` are results by RFC 8601, of
    a host that is believed.
    """

    purpose: str
    origin_findings: tuple[str, ...] = ()
    origin_helo: str | None = None
    origin_ip: str | None = None
    origin_name: str | None = None
    from_address: str | None = None
    from_host: str | None = None
    recipient_count: int | None = None
    spf: str | None = None
    dkim: str | None = None
    dmarc: str | None = None


def header_falsity(facts: HeaderFacts) -> Finding:
    """Forged hops, a greeting that is not true, authentication that fails, a sender's domain that cannot be.

    For commercial mail, and what gives notice about a relationship. Two weak ones make a strong indicator.
    Whether it is material (7704(a)(6)) is for a court.
    """
    if facts.purpose not in _COVERED:
        return _gated(facts.purpose)
    found = (
        *_of_origin(facts.origin_findings),
        *_of_greeting(facts.origin_helo, facts.origin_ip, facts.origin_name),
        *_of_authentication(facts.spf, facts.dkim, facts.dmarc),
        *_of_sender(facts.from_address, facts.from_host, facts.recipient_count),
    )
    is_known = bool(facts.origin_ip or facts.dmarc or facts.spf or facts.dkim)
    return _concluded(found, is_known)


def _gated(purpose: str) -> Finding:
    if purpose == "undetermined":
        return not_determinable("its primary purpose is not known")
    return not_applicable("it is neither commercial nor gives notice about a relationship")


@lru_cache(_CACHED)
def _concluded(found: tuple[Evidence, ...], is_known: bool) -> Finding:
    if not found and is_known:
        return passed("nothing that was looked at in its header is false")
    if not found:
        return not_determinable("neither who handed it in nor authentication is known")
    is_strong = len(found) > 1 or found[0].weight == "strong"
    fields = dict.fromkeys(evidence.field for evidence in found)
    return indicator("; ".join(evidence.reason for evidence in found), " ".join(fields), is_strong=is_strong)


@lru_cache(_CACHED)
def _of_origin(findings: tuple[str, ...]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(_REASONS[word], "received", _WEIGHTS[word]) for word in dict.fromkeys(findings) if word in _WEIGHTS
    )


def _of_greeting(helo: str | None, ip: str | None, name: str | None) -> tuple[Evidence, ...]:
    if not helo or not ip:
        return ()
    if helo[0] == "[" or helo[0].isdigit():
        named = ip_address(helo.strip("[]"))
        is_other = named is not None and named != ip and is_public(named)
        return (Evidence("a greeting by another address than its own", "origin_helo", "weak"),) if is_other else ()
    claimed = _well_known(helo)
    actual = _domain(name) if claimed and name else None
    if actual is None or actual == claimed or _KIN.get(actual, -1) == _KIN.get(claimed):
        return ()
    return (Evidence("a greeting by a well-known name from another's address", "origin_helo", "weak"),)


@lru_cache(_CACHED)
def _well_known(helo: str) -> str | None:
    """The domain of a greeting, where it is one that many pose as; such names are looked up truly."""
    domain = _domain(helo)
    return domain if domain in FREE_MAIL or domain in EVERYBODYS else None


@lru_cache(_CACHED)
def _domain(name: str) -> str | None:
    host = ascii_host(name)
    return registrable_domain(host) if host else None


@lru_cache(_CACHED)
def _of_authentication(spf: str | None, dkim: str | None, dmarc: str | None) -> tuple[Evidence, ...]:
    """DMARC's failure is that of the From domain; SPF's is that of the envelope's, and weaker."""
    if dmarc == "fail":
        return (Evidence("authentication failed for the From domain", "authentication_results", "strong"),)
    if spf == "fail" and dkim != "pass" and dmarc != "pass":
        return (Evidence("its host may not send for the envelope's domain", "authentication_results", "weak"),)
    return ()


def _of_sender(address: str | None, host: str | None, recipient_count: int | None) -> tuple[Evidence, ...]:
    """A masked From is that of some recipient; where there is one, of the trap: many who send in bulk write to themselves."""
    if address and MASK in address:
        is_trap = recipient_count == 1
        return (Evidence(_REASONS["from_is_trap"], "from_address", "strong"),) if is_trap else ()
    return _of_sender_host(host)


@lru_cache(_CACHED)
def _of_sender_host(host: str | None) -> tuple[Evidence, ...]:
    if not host:
        return (Evidence("From names no host", "from_host", "weak"),)
    if can_exist(host):
        return ()
    return (Evidence("the domain of From cannot exist", "from_host", "strong"),)


def can_exist(host: str) -> bool:
    """Whether a host name in ASCII, or an address in brackets, can be somebody's: its top-level domain is or was one."""
    if host.startswith("[") or ip_address(host):
        return True
    top = host.rpartition(".")[2]
    return "." in host and (top in _TOPS_TAKEN or _known_suffixes().publicsuffix(host) is not None)


@lru_cache(1)
def _known_suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)
