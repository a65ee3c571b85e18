"""V3: free-mail accounts registered by a program."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from transforms.compliance.finding import Finding, Rule, indicator, not_applicable, not_determinable, passed
from transforms.enrich.hosts import registrable_domain
from transforms.rings.lists import FREE_MAIL

RULE = Rule("V3", "Sender accounts registered by a program", "15 USC 7704(b)(2)", "campaign")

_SEVERAL, _MANY = 5, 20
_ALIKE_SHARE = 0.8
_LETTERS, _DIGITS = re.compile(r"[^\W\d_]{1,64}"), re.compile(r"\d{1,64}")
_MOST = 10_000


class SenderFacts(NamedTuple):
    """Of a campaign: `account_count` distinct From addresses at free-mail hosts; `true_count` of them authenticated.

    `failed_count` failed it; `alike_share` is the share of the true ones that are spelled by the commonest pattern.
    """

    account_count: int
    true_count: int
    failed_count: int
    alike_share: float


def sender_facts(senders: Iterable[tuple[str, bool | None]]) -> SenderFacts:
    """From (From address, whether it passed authentication or None where nobody says) of a campaign's messages.

    The first 10,000 are looked at.
    """
    passes: dict[str, bool | None] = {}
    for address, is_true in islice(senders, _MOST):
        if registrable_domain(address.rpartition("@")[2]) in FREE_MAIL:
            passes[address] = passes.get(address) or is_true
    true = [address for address, is_true in passes.items() if is_true]
    patterns: dict[str, int] = {}
    for address in true:
        pattern = _pattern(address)
        patterns[pattern] = patterns.get(pattern, 0) + 1
    alike = max(patterns.values(), default=0) / max(1, len(true))
    return SenderFacts(len(passes), len(true), sum(is_true is False for is_true in passes.values()), alike)


def scripted_senders(facts: SenderFacts, has_indicator: bool) -> Finding:
    """Many true accounts for one campaign; strong where they are many more, and spelled alike.

    An address that failed authentication, or that nobody vouches for, shows no account: it may be forged (see H1).
    `has_indicator`: some message of the campaign has an indicator under 7704(a), which this aggravates.
    """
    if not has_indicator:
        return not_applicable("no message of it has an indicator under 7704(a)")
    if not facts.account_count:
        return not_applicable("it was not sent from free-mail addresses")
    if facts.true_count >= _SEVERAL:
        is_strong = facts.true_count >= _MANY and facts.alike_share >= _ALIKE_SHARE
        reason = f"sent from {facts.true_count:,} free-mail accounts that passed authentication"
        alike = f", {facts.alike_share:.0%} of them spelled alike" if is_strong else ""
        return indicator(reason + alike, "from_address", is_strong=is_strong)
    if facts.true_count or facts.failed_count == facts.account_count:
        return passed("few of its free-mail addresses, or none, are accounts that it was truly sent from")
    return not_determinable("its free-mail addresses were not authenticated: they may be forged")


def _pattern(address: str) -> str:
    """How an address is spelled: letters and digits by their kind, and its host."""
    local, _, host = address.rpartition("@")
    return f"{_DIGITS.sub('0', _LETTERS.sub('a', local))}@{host}"
