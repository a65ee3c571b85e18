"""O1: no way to ask to be left alone."""

from __future__ import annotations

from transforms.compliance.finding import Finding, Rule, indicator, passed, span
from transforms.compliance.letter import Letter, absent, gate

RULE = Rule("O1", "No opt-out mechanism", "15 USC 7704(a)(3)(A); 15 USC 7704(a)(5)(A)(ii)", "template")

_NAMES = {"link": "a link", "mail": "an address", "reply": "an answer", "header": "List-Unsubscribe"}


def opt_out_mechanism(letter: Letter) -> Finding:
    """Whether there is a link, an address, an answer or List-Unsubscribe to ask by; not whether asking helps.

    That a mechanism works for 30 days (7704(a)(3)(A)(ii)), and is heeded in 10 business days (7704(a)(4)), cannot be
    seen in a message.
    """
    if gated := gate(letter):
        return gated
    found = letter.opt_out
    where = _where(letter)
    ways = " and ".join(_NAMES[way] for way in found.ways)
    if found.ways == ("header",):
        return passed(f"a way to opt out by {ways} alone; the text does not speak of it", where)
    if found.ways and found.is_disguised:
        return indicator(f"a way to opt out by {ways}, announced in a spelling that is hardly seen", where)
    if found.ways:
        return passed(f"a way to opt out by {ways}", where)
    if found.is_announced:
        return indicator("the text speaks of opting out, and there is nothing to do it by", where)
    return absent(letter, "no way to opt out: no link, address, answer or List-Unsubscribe")


def _where(letter: Letter) -> str | None:
    found = letter.opt_out
    if found.windows:
        return span("body_text", *found.windows[-1])
    if found.link is not None:
        return f"urls[{found.link}]"
    return "list_unsubscribe" if found.ways else None
