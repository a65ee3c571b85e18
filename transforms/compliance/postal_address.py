"""P1: no postal address of the sender."""

from __future__ import annotations

from transforms.compliance.finding import Finding, Rule, indicator, passed, span
from transforms.compliance.letter import Letter, absent, gate
from transforms.compliance.postal import find_address

RULE = Rule("P1", "No postal address", "15 USC 7704(a)(5)(A)(iii); 16 CFR 316.2(p)", "template")


def postal_address(letter: Letter) -> Finding:
    """Whether a street address, post office box or private mailbox stands in the text.

    Whether it is the sender's, and registered as 316.2(p) asks, cannot be seen.
    """
    if gated := gate(letter):
        return gated
    found = find_address(letter.body_text, letter.prose.low)
    if found is None:
        return absent(letter, "no postal address")
    where = span("body_text", found.start, found.end)
    if found.is_whole:
        return passed("a postal address; whether it is the sender's was not looked into", where)
    return indicator("a street or box without its town", where)
