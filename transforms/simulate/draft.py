"""A template before it is laid out: a subject and blocks of sentences, composed out of a phrase bank."""

from __future__ import annotations

from dataclasses import dataclass

from transforms.simulate.chance import Draw, long_tailed, pick, sample
from transforms.simulate.grammar import Lookup, Part, expand, flat
from transforms.simulate.phrases import Bank, Common

DISGUISED_SLOTS = frozenset({"product", "remedy", "act"})
"""Slots whose words filters know: they become `Word`s."""


@dataclass(frozen=True)
class Block:
    """One piece of a message: `kind` is greeting, hook, pitch, item, urge, action, close, optout or small_print."""

    kind: str
    parts: list[Part]


@dataclass(frozen=True)
class Draft:
    """What a template says, in order, not yet in text or HTML."""

    subject: list[Part]
    blocks: list[Block]


def names_of(bank: Bank, draw: Draw) -> dict[str, str]:
    """The slots that keep one value for a whole campaign, each with its value."""
    chosen: dict[str, str] = {}
    for slot, options in bank.names.items():
        chosen[slot] = flat(pick(draw, options), draw, slot_lookup(bank, chosen, draw))
    return chosen


def slot_lookup(bank: Bank, names: dict[str, str], draw: Draw) -> Lookup:
    """What a slot stands for: a campaign's name, a word of the bank, or random digits (`<dd>` is 10 to 99)."""

    def lookup(slot: str) -> str:
        if slot in names:
            return names[slot]
        if set(slot) == {"d"}:
            low = 10 ** (len(slot) - 1)
            return str(low + int(draw() * 9 * low))
        return pick(draw, bank.words[slot])

    return lookup


def compose(bank: Bank, common: Common, names: dict[str, str], spin: float, draw: Draw, terse: bool) -> Draft:
    """A draft: which sentences, in which wording, with which items; choices are left open with the chance `spin`."""
    lookup = slot_lookup(bank, names, draw)

    def block(kind: str, sentence: str) -> Block:
        return Block(kind, expand(sentence, draw, lookup, spin, DISGUISED_SLOTS))

    blocks = [block("greeting", pick(draw, common.greeting))] if draw() < 0.35 else []
    blocks.append(block("hook", pick(draw, bank.hook)))
    if not terse:
        blocks += [
            block("pitch", p)
            for p in sample(draw, bank.pitch, max(1, round(long_tailed(draw, bank.length * 2.2, 0.6))))
        ]
    if bank.item and draw() < 0.6:
        blocks += [block("item", item) for item in _items(bank, draw)]
    if bank.urge and draw() < 0.6:
        blocks.append(block("urge", pick(draw, bank.urge)))
    blocks.append(block("action", pick(draw, bank.action)))
    if bank.close and draw() < 0.7:
        blocks.append(block("close", pick(draw, bank.close)))
    if bank.has_link and draw() < 0.45:
        blocks.append(block("optout", pick(draw, common.optout)))
    if bank.has_fine_print and draw() < 0.55:
        blocks += [block("small_print", line) for line in sample(draw, common.fine_print, 2 + int(draw() * 4))]
    return Draft(expand(pick(draw, bank.subject), draw, lookup, spin, DISGUISED_SLOTS), blocks)


def _items(bank: Bank, draw: Draw) -> list[str]:
    """A price list repeats one pattern with other words; a bank with five patterns or more means a table of facts."""
    if len(bank.item) >= 5:
        return bank.item
    return [pick(draw, bank.item)] * (3 + int(draw() * 10))
