"""O3: asking to be left alone costs a fee, or more than an address."""

from __future__ import annotations

from datetime import date

from transforms.compliance.finding import Finding, Rule, indicator, not_applicable, passed, span
from transforms.compliance.letter import Letter, gate
from transforms.compliance.terms import TERMS, Phrases

RULE = Rule(
    "O3",
    "Opt-out that asks for a fee or more than an address",
    "16 CFR 316.5",
    "template",
    in_force_date=date(2008, 7, 7),
)

_TERMS = TERMS["opt_out"]
_FEES, _INFORMATION, _WAYS = (Phrases(_TERMS[name]) for name in ("fees", "information", "ways"))
_ELECTRONIC = frozenset(("link", "mail", "reply"))
_REACH = 140
_MOST_NOTICES = 12


def opt_out_burden(letter: Letter) -> Finding:
    """What a text asks for in a sentence, from an opt-out notice on; a page behind a link is not looked at."""
    if gated := gate(letter):
        return gated
    found = letter.opt_out
    if not found.ways and not found.is_announced:
        return not_applicable("there is no way to opt out; see O1")
    for start, end in found.notices[-_MOST_NOTICES:]:
        end += len(letter.prose.low[end : end + _REACH].partition(". ")[0])
        if asked := _asked(letter.prose.low[start:end], found.ways):
            return indicator(asked[0], span("body_text", start, end), is_strong=asked[1])
    return passed("opting out asks for no fee and for no more than an address, as far as the message says")


def _asked(said: str, ways: tuple[str, ...]) -> tuple[str, bool] | None:
    if _FEES.within(said):
        return "behind the opt-out notice a fee is spoken of", True
    if _INFORMATION.within(said):
        return "behind the opt-out notice more than an address is asked for", False
    if _ELECTRONIC.isdisjoint(ways) and _WAYS.within(said):
        return "opting out is offered by post, fax or telephone only, not by an answer or one page", False
    return None
