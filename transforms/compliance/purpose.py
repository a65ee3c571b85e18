"""What a message is for: the gate before the rules (16 CFR 316.3)."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from transforms.compliance.terms import TERMS, Phrases, Prose, words

Word = Literal["commercial", "transactional", "other", "undetermined"]

_TERMS = TERMS["purpose"]
_OF_CATEGORY: dict[str, Word] = {
    code: purpose for purpose in ("commercial", "transactional", "other") for code in _TERMS[purpose]
}
_SELLING, _NOTICES = Phrases(_TERMS["selling"]), Phrases(_TERMS["notices"])
_PROPOSALS, _QUOTING = Phrases(_TERMS["proposals"]), Phrases(_TERMS["quoting"])
_WORDS = words(_TERMS["words"])
_PRICE = re.compile(r"[$€£¥] ?\d|\d ?(?:[$€£]|usd|eur\b|euro|dollars|円|元|руб)")

READ_CHARS = 6_000
"""A purpose shows at the beginning: more of a text is not read."""
_HEAD_CHARS = 400
_SELLING_BY_LETTERS = ((200, 2), (600, 3), (2_000, 4))
_SELLING_IN_LONG = 6
"""Weight of selling words that a text must hold to sell, if it has fewer letters than this."""
_PROPOSALS_NEEDED, _NOTICES_NEEDED = 2, 2


class Purpose(NamedTuple):
    """A primary purpose and why."""

    word: Word
    reason: str


def primary_purpose(
    subject: Prose,
    text: Prose,
    category_code: str,
    *,
    is_quoting_reply: bool = False,
    is_bulk: bool = False,
    has_more: bool = False,
) -> Purpose:
    """The primary purpose of a message by its category, else by its words.

    `is_quoting_reply`: it names the message that it answers, and quotes it; `is_bulk`: it tells how to be left alone;
    `has_more`: links, pictures or files hold what its text does not. `undetermined` when its words do not tell and
    there is more to it.
    """
    if known := _OF_CATEGORY.get(category_code):
        return Purpose(known, f"its category is {known}")
    if is_quoting_reply:
        return Purpose("other", "it answers somebody and quotes him")
    text = text.head(READ_CHARS)
    if sum(1 for _ in _PROPOSALS.found(text)) >= _PROPOSALS_NEEDED:
        return Purpose("other", "it proposes a transfer of money and sells nothing")
    sells = _sells(subject, text, is_bulk)
    notices = {*_NOTICES.found(text), *_NOTICES.found(subject)}
    gives_notice = len(notices) >= _NOTICES_NEEDED
    if sells and gives_notice:
        return _both(subject, text)
    if sells:
        return Purpose("commercial", "316.3(a)(1), (3): its words sell")
    if gives_notice:
        return Purpose("transactional", "316.3(b): it gives notice about an account or order, and sells nothing")
    if has_more:
        return Purpose("undetermined", "its words do not tell, and its links, pictures and files are not looked into")
    return Purpose("other", "its words neither sell nor give notice, and there is nothing else")


def _both(subject: Prose, text: Prose) -> Purpose:
    """316.3(a)(2): of a text that sells and gives notice."""
    if _weight_of_words(subject) or any(_SELLING.found(subject)):
        return Purpose("commercial", "316.3(a)(2)(i): it sells and gives notice, and its subject sells")
    if not _NOTICES.within(text.low[:_HEAD_CHARS]):
        return Purpose("commercial", "316.3(a)(2)(ii): it sells, and does not begin with the notice that it gives")
    return Purpose("transactional", "316.3(a)(2): it begins with a notice, and its subject sells nothing")


def _sells(subject: Prose, text: Prose, is_bulk: bool) -> bool:
    """Whether words, prices and phrases that sell weigh enough for the length of a text; phrases count two."""
    needed = next((weight for below, weight in _SELLING_BY_LETTERS if text.letter_count < below), _SELLING_IN_LONG)
    needed -= is_bulk + _weight_of_words(text) + _weight_of_words(subject)
    return needed <= 0 or 2 * sum(1 for part in (subject, text) for _ in _SELLING.found(part)) >= needed


def _weight_of_words(text: Prose) -> int:
    return len(_WORDS & text.words) + 2 * bool(_PRICE.search(text.low))


def quotes_somebody(text: str, prose: Prose) -> bool:
    """Whether a text holds lines that are quoted, or says whose they are."""
    return text.startswith(">") or text.count("\n>") > 1 or text.count("\n|") > 1 or any(_QUOTING.found(prose))
