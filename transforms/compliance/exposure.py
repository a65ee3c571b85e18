"""E1: what a State could ask a court for, as a range with its arithmetic."""

from __future__ import annotations

from typing import NamedTuple

from transforms.compliance.finding import Finding, Rule, indicator, not_applicable

RULE = Rule("E1", "Range of statutory damages", "15 USC 7706(f)(3)", "campaign")

USD_PER_MESSAGE = 250
"""At most, for each separately addressed message: 15 USC 7706(f)(3)(A)."""
USD_CAP = 2_000_000
"""At most for what is not under 7704(a)(1): 15 USC 7706(f)(3)(B)."""
TREBLED = 3
"""At most so many times that, where it was wilful and knowing or came with what 7704(b) names: (f)(3)(C)."""

OTHERS = ("S1", "O1", "A1", "P1", "X1")
"""Rules under 7704(a)(2), (3), (5) and (d): what a State may sue for beside (a)(1), by 7706(f)(1). O3 is a rule of the
Commission's and not among them; V2 and V3 are what may treble."""


class MessageCounts(NamedTuple):
    """Messages with an indicator of H1, and those with one of `OTHERS` but none of H1.

    A message counts once, however many indicators it has.
    """

    false_header: int
    other_only: int


class Exposure(NamedTuple):
    """US dollars: none at least, `single` at most, `trebled` at most where the court increases it."""

    single: int
    trebled: int
    arithmetic: str


def exposure_of(counts: MessageCounts) -> Exposure:
    """The range for messages that were captured, all taken as received by residents of one State."""
    uncapped = USD_PER_MESSAGE * counts.false_header
    capped = min(USD_PER_MESSAGE * counts.other_only, USD_CAP)
    single = uncapped + capped
    arithmetic = (
        f"{counts.false_header:,} messages x {USD_PER_MESSAGE} under 7704(a)(1) = {uncapped:,}; "
        f"{counts.other_only:,} messages x {USD_PER_MESSAGE} under (a)(2) to (5) or (d), "
        f"at most {USD_CAP:,} = {capped:,}; "
        f"together 0 to {single:,} USD; x {TREBLED} if increased = {TREBLED * single:,} USD"
    )
    return Exposure(single, TREBLED * single, arithmetic)


def exposure(indicated: MessageCounts, strongly: MessageCounts) -> Finding:
    """The arithmetic over all indicators, and over the strong ones alone: `strongly` counts those.

    No amount is owed: a court may award less, or nothing.
    """
    if not any(indicated):
        return not_applicable("no message has an indicator")
    reason = (
        f"all indicators: {exposure_of(indicated).arithmetic}. Strong ones alone: {exposure_of(strongly).arithmetic}"
    )
    return indicator(reason, is_strong=any(strongly))
