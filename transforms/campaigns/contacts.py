"""What a text without links sells or answers to: ticker symbols and post boxes, beside the contacts of its ring."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from string import ascii_uppercase

from transforms.rings.sieve import Finder, Pair

_SHARES = ("shares", "stock", "investor", "broker", "float", "wall street")
_LABELS = r"otc(?: ?bb|qb)?|nasdaq|nyse|amex|pink ?sheets?|ticker|symbol|sym|stock report"
_LABEL = re.compile(rf"\b(?:{_LABELS})\s{{0,3}}$", re.I)
_LABEL_CHARS = 16
_TICKER = re.compile(r"[:;(\-–]\s{0,3}([A-Z]{3,5})\b|\b([A-Z]{4,5})\.(?:PK|OB)\b")
_CAPITALS = re.compile(r"[A-Z]{4,5}\b(?! [A-Z]{2})")
_SPOKEN = re.compile(r"[A-Za-z][a-z]{3,4}\b")
_SHOUTED = re.compile("[A-Z] ")
_NO_SYMBOLS = frozenset(("OTCBB", "NYSE", "AMEX", "FREE", "HTML"))
_CAPITAL_SHARE = 0.5
_BOX = re.compile(r"(?:p\.? ?o\.? ?box|post office box|pmb|postfach|apartado)[ #:]{1,3}(\d{1,8})")
_PLACE = re.compile(r"[\s,;.]{1,4}([^\W\d_]{3,24})")


def _tickers(text: str) -> Iterator[Pair]:
    """Symbols that are named as such."""
    for match in _TICKER.finditer(text):
        named, listed = match.groups()
        if listed or _LABEL.search(text, max(match.start() - _LABEL_CHARS, 0), match.start()):
            yield "ticker", named or listed


def _traded(text: str) -> Iterator[Pair]:
    """Symbols that are repeated where two words at least are of shares."""
    low = text.lower()
    if sum(word in low for word in _SHARES) > 1:
        yield from (("ticker", symbol) for symbol in _repeated_capitals(text))


def _boxes(text: str) -> Iterator[Pair]:
    low = text.lower()
    for box in _whole_words(_BOX, low):
        place = _PLACE.match(low, box.end())
        yield "post_box", f"{box[1]} {place[1]}" if place else box[1]


def _repeated_capitals(text: str) -> set[str]:
    """Words of four or five capitals that come twice, alone among small letters and never in them: what is shouted,
    CLICK HERE, is no symbol.
    """
    if sum(map(text.count, ascii_uppercase)) > _CAPITAL_SHARE * len(text):
        return set()
    words = _whole_words(_CAPITALS, text)
    alone = Counter(match[0] for match in words if not _SHOUTED.search(text, match.start() - 2, match.start()))
    repeated = {word for word, count in alone.items() if count > 1} - _NO_SYMBOLS
    return repeated - {match[0].upper() for match in _whole_words(_SPOKEN, text)} if repeated else repeated


def _whole_words(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches that begin a word; a pattern that said so itself would be tried at every sign."""
    for match in pattern.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if not before.isalnum() and before != "_":
            yield match


CONTACTS = (
    Finder(rf"(?i:{_LABELS})[\s\pZ]{{0,3}}[:;(\-–][\s\pZ]{{0,3}}[A-Z]{{3,5}}\b|[A-Z]{{4,5}}\.(?:PK|OB)\b", _tickers),
    Finder(r"(?s)\b[A-Z]{4,5}\b.*\b[A-Z]{4,5}\b", _traded),
    Finder("(?i)box|pmb|postfach|apartado", _boxes),
)
"""`ticker` symbols that are named as such, or repeated where shares are sold; `post_box` numbers with the next word."""


def contacts(text: str) -> set[Pair]:
    """(kind, value) pairs of one text."""
    return {pair for finder in CONTACTS for pair in finder.find(text)}
