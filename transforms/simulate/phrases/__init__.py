"""Phrase banks: TOML files beside this module, a table for each category in each language.

language = "en"
[common]                        # greeting, optout, decoy, fine_print: lists of sentences that all categories use
[category.loans]
weight = 12                     # how common the category is
stems = ["loan"]                # telling starts of its domains, may be empty
has_fine_print = true           # false: it does not pretend to be lawful advertising
has_link = true                 # false: the reader is to answer, call, or buy elsewhere
length = 3                      # paragraphs of a usual message
subject, hook, pitch, item, urge, action, close, sender = [...]
[category.loans.names]          # slots that are chosen once for a campaign
[category.loans.words]          # slots that are chosen anew wherever they stand
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

CATEGORIES = (
    "prescription_drugs",
    "pirated_software",
    "adult",
    "replica_goods",
    "gambling",
    "loans",
    "stock_promotion",
    "advance_fee",
    "phishing",
    "dating",
    "malware",
    "diets",
    "degrees",
    "jobs",
    "other",
)


@dataclass(frozen=True)
class Bank:
    """What one category says in one language; every list holds sentences of the grammar."""

    subject: list[str]
    hook: list[str]
    pitch: list[str]
    sender: list[str]
    item: list[str] = field(default_factory=list)
    urge: list[str] = field(default_factory=list)
    action: list[str] = field(default_factory=list)
    close: list[str] = field(default_factory=list)
    stems: list[str] = field(default_factory=list)
    weight: float = 1.0
    length: float = 2.0
    has_link: bool = True
    has_fine_print: bool = True
    names: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Common:
    """What all categories of a language share.

    `decoy` holds harmless sentences and `salad` words that hide spam, `fine_print` what stands at the end in small
    letters (`<postal>` is the sender's postal address).
    """

    greeting: list[str]
    optout: list[str]
    decoy: list[str] = field(default_factory=list)
    salad: list[str] = field(default_factory=list)
    fine_print: list[str] = field(default_factory=list)


@cache
def banks() -> dict[tuple[str, str], Bank]:
    """Every bank by language and category."""
    found = {}
    for content in _files():
        for category, table in content.get("category", {}).items():
            found[content["language"], category] = Bank(**table)
    return found


@cache
def commons() -> dict[str, Common]:
    """What is common to a language, by language."""
    return {c["language"]: Common(**c["common"], salad=c.get("salad", "").split()) for c in _files() if "common" in c}


@cache
def background() -> dict:
    """The grammar of mail that belongs to no campaign."""
    return next(c["background"] for c in _files() if "background" in c)


@cache
def _files() -> list[dict]:
    return [tomllib.loads(path.read_text("utf-8")) for path in sorted(Path(__file__).parent.glob("*.toml"))]
