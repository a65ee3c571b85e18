"""A1: not identified as an advertisement."""

from __future__ import annotations

from transforms.compliance.finding import Finding, Rule, indicator, not_determinable, passed, span
from transforms.compliance.letter import Letter, gate
from transforms.compliance.terms import TERMS, Phrases

RULE = Rule("A1", "Not identified as an advertisement", "15 USC 7704(a)(5)(A)(i)", "template")

_TERMS = TERMS["advertisement"]
_PHRASES, _LABELS = Phrases(_TERMS["phrases"]), tuple(_TERMS["subject_labels"])
_DENIALS = tuple(_TERMS["denials"])
_DENIAL_REACH = 24


def advertisement(letter: Letter) -> Finding:
    """Whether it says in so many words that it advertises.

    The Act prescribes no words, and not after prior affirmative consent (7704(a)(5)(B)): a text that plainly sells may
    identify itself, so that this is never a strong indicator.
    """
    if gated := gate(letter):
        return gated
    if letter.heading.low.lstrip(" *").startswith(_LABELS):
        return passed("its subject is labelled as an advertisement", "subject")
    for start, end in _PHRASES.last(letter.prose):
        if not _is_denied(letter.prose.low, start):
            return passed("it says that it advertises", span("body_text", start, end))
    missing = "it does not say that it is an advertisement or solicitation"
    if letter.is_cut or ((letter.has_pictures or letter.attachment_types) and letter.has_little_text):
        return not_determinable(f"{missing} in what could be read of it")
    return indicator(f"{missing}; whether its text shows it plainly is left open")


def _is_denied(low: str, start: int) -> bool:
    before = low[max(0, start - _DENIAL_REACH) : start]
    return any(denial in before for denial in _DENIALS)
