"""H1: header information that is false or misleading."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from publicsuffixlist import PublicSuffixList

from transforms.compliance.finding import Finding, Rule, indicator, not_applicable, not_determinable, passed
from transforms.compliance.terms import TERMS
from transforms.enrich.hosts import ip_address
from transforms.message.masking import MASK

RULE = Rule("H1", "False or misleading header information", "15 USC 7704(a)(1)", "message")

_CACHED = 1 << 16
_COVERED = ("commercial", "transactional")
_UNSURE = ("low", "none")


class Evidence(NamedTuple):
    """One thing that speaks of a false header: in words of ours, the field it is in, and its weight.

    `needs_boundary`: it says nothing where it is only guessed which lines the trap's own hosts wrote.
    """

    reason: str
    field: str
    weight: str
    needs_boundary: bool = True


ORIGIN_EVIDENCE = {word: Evidence(**said) for word, said in TERMS["header"]["origin"].items()}
"""What a finding on the origin says; one that is not here says nothing."""

_TOPS_TAKEN = frozenset((*TERMS["header"]["former"], *TERMS["header"]["examples"]))
_NO_HOST = Evidence("From names no host", "from_host", "weak")
_NO_DOMAIN = Evidence("the domain of From cannot exist", "from_host", "strong")
_FAILED = Evidence("authentication failed for the From domain", "authentication_results", "strong")
_NOT_PERMITTED = Evidence("its host may not send for the envelope's domain", "authentication_results", "weak")


class HeaderFacts(NamedTuple):
    """Of one message: its template's purpose, findings on its origin and how sure that is, and columns of `messages`.

    `spf`, `dkim` and `dmarc` are results (RFC 8601, section 2.7) of a host that is believed, in lower case.
    """

    purpose: str
    origin_findings: tuple[str, ...] = ()
    origin_confidence: str | None = None
    origin_ip: str | None = None
    from_address: str | None = None
    from_host: str | None = None
    recipient_count: int | None = None
    spf: str | None = None
    dkim: str | None = None
    dmarc: str | None = None


def header_falsity(facts: HeaderFacts) -> Finding:
    """Forged hops, a greeting that is not true, authentication that fails, a sender's domain that cannot be.

    For commercial mail, and what gives notice about a relationship. Weak evidence of two fields makes a strong
    indicator. Whether it is material (7704(a)(6)) is for a court.
    """
    purpose, findings, confidence, origin_ip, address, host, recipient_count, *results = facts
    if purpose not in _COVERED:
        return _gated(purpose)
    is_sure = confidence not in _UNSURE
    found = _of_origin(findings, is_sure) + _of_authentication(*results) + _of_sender(address, host, recipient_count)
    return _concluded(found, bool((origin_ip and is_sure) or any(results)))


@lru_cache(8)
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
    fields = dict.fromkeys(evidence.field for evidence in found)
    is_strong = len(fields) > 1 or any(evidence.weight == "strong" for evidence in found)
    return indicator("; ".join(evidence.reason for evidence in found), " ".join(fields), is_strong=is_strong)


@lru_cache(_CACHED)
def _of_origin(findings: tuple[str, ...], is_sure: bool) -> tuple[Evidence, ...]:
    found = (ORIGIN_EVIDENCE[word] for word in dict.fromkeys(findings) if word in ORIGIN_EVIDENCE)
    return tuple(each for each in found if is_sure or not each.needs_boundary)


@lru_cache(_CACHED)
def _of_authentication(spf: str | None, dkim: str | None, dmarc: str | None) -> tuple[Evidence, ...]:
    """DMARC's failure is that of the From domain; SPF's is that of the envelope's, and weaker."""
    if dmarc == "fail":
        return (_FAILED,)
    return (_NOT_PERMITTED,) if spf == "fail" and "pass" not in (dkim, dmarc) else ()


def _of_sender(address: str | None, host: str | None, recipient_count: int | None) -> tuple[Evidence, ...]:
    """A masked From is that of some recipient: of the trap, where there is one. Many in bulk write to themselves."""
    if address and MASK in address:
        return (ORIGIN_EVIDENCE["from_is_trap"],) if recipient_count == 1 else ()
    return _of_host(host)


@lru_cache(_CACHED)
def _of_host(host: str | None) -> tuple[Evidence, ...]:
    if not host:
        return (_NO_HOST,)
    return () if can_exist(host) else (_NO_DOMAIN,)


def can_exist(host: str) -> bool:
    """Whether a host name in ASCII, or an address in brackets, can be somebody's: its top-level domain is, or was."""
    if host.startswith("[") or ip_address(host):
        return True
    top = host.rpartition(".")[2]
    return "." in host and (top in _TOPS_TAKEN or _known_suffixes().publicsuffix(host) is not None)


@lru_cache(1)
def _known_suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)
