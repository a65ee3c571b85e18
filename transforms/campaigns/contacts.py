"""What a text without links sells or answers to: ticker symbols and post boxes, beside the contacts of its ring."""

from __future__ import annotations

import re
from collections import Counter

_SHARES = ("shares", "stock", "investor", "broker", "float", "wall street")
_MARKETS = ("otc", "ticker", "symbol", "sym:", "stock", ".pk", ".ob", "nasdaq", "nyse", "amex", "pink")
_NO_SYMBOLS = frozenset(("OTCBB", "NYSE", "AMEX", "FREE", "HTML"))
_BOXES = ("box", "pmb", "postfach", "apartado")
_TICKER = re.compile(
    r"\b(?:otc(?: ?bb|qb)?|nasdaq|nyse|amex|pink ?sheets?|ticker|symbol|sym|stock report)"
    r"(?i:\s{0,3}[:;(\-–]\s{0,3})([A-Z]{3,5})\b|\b([A-Z]{4,5})\.(?:PK|OB)\b"
)
_LABEL = re.compile(r"\b(?:otc(?: ?bb|qb)?|nasdaq|nyse|amex|pink ?sheets?|ticker|symbol|sym|stock report)\b", re.I)
_CAPITALS = re.compile(r"(?<![A-Z] )\b[A-Z]{4,5}\b(?! [A-Z]{2})")
_SPOKEN = re.compile(r"\b[A-Za-z][a-z]{3,4}\b")
_CAPITAL_SHARE = 0.5
_BOX = re.compile(r"\b(?:p\.? ?o\.? ?box|post office box|pmb|postfach|apartado)[ #:]{1,3}(\d{1,8})", re.I)
_PLACE = re.compile(r"[\s,;.]{1,4}([^\W\d_]{3,24})")


def contacts(text: str) -> set[tuple[str, str]]:
    """(kind, value) pairs: `ticker` symbols that are named as such, or repeated where two words at least are of shares;
    `post_box` numbers with the word that follows.
    """
    low, found = text.lower(), set()
    if any(market in low for market in _MARKETS):
        labelled = _LABEL.sub(lambda label: label[0].lower(), text)
        found |= {("ticker", named or listed) for named, listed in _TICKER.findall(labelled)}
    if sum(word in low for word in _SHARES) > 1:
        found |= {("ticker", symbol) for symbol in _repeated_capitals(text)}
    if any(box in low for box in _BOXES):
        for box in _BOX.finditer(text):
            place = _PLACE.match(text, box.end())
            found.add(("post_box", f"{box[1]} {place[1].lower()}" if place else box[1]))
    return found


def _repeated_capitals(text: str) -> set[str]:
    """Words of four or five capitals that come twice, alone among small letters and never in them: what is shouted,
    CLICK HERE, is no symbol.
    """
    if sum(map(str.isupper, text)) > _CAPITAL_SHARE * len(text):
        return set()
    repeated = {word for word, count in Counter(_CAPITALS.findall(text)).items() if count > 1}
    return repeated - _NO_SYMBOLS - set(map(str.upper, _SPOKEN.findall(text))) if repeated else repeated
