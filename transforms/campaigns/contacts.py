"""What a text without links sells or answers to: ticker symbols and post boxes, beside the contacts of its ring."""

from __future__ import annotations

import re
from collections import Counter

_SHARES = ("shares", "stock", "investor", "broker", "float", "wall street")
_MARKETS = ("otc", "ticker", "symbol", "sym:", "stock", ".pk", ".ob", "nasdaq", "nyse", "amex", "pink")
_BOXES = ("box", "pmb", "postfach", "apartado")
_TICKER = re.compile(
    r"\b(?:otc(?: ?bb|qb)?|nasdaq|nyse|amex|pink ?sheets?|ticker|symbol|sym|stock report)"
    r"(?i:\s{0,3}[:;(\-–]\s{0,3})([A-Z]{3,5})\b|\b([A-Z]{4,5})\.(?:PK|OB)\b"
)
_LABEL = re.compile(r"\b(?:otc(?: ?bb|qb)?|nasdaq|nyse|amex|pink ?sheets?|ticker|symbol|sym|stock report)\b", re.I)
_CAPITALS = re.compile(r"\b[A-Z]{4,5}\b")
_CAPITAL_SHARE = 0.5
_BOX = re.compile(r"\b(?:p\.? ?o\.? ?box|post office box|pmb|postfach|apartado)[ #:]{1,3}(\d{1,8})", re.I)
_PLACE = re.compile(r"[\s,;.]{1,4}([^\W\d_]{3,24})")


def contacts(text: str) -> set[tuple[str, str]]:
    """(kind, value) pairs: `ticker` symbols that are named as such, or repeated where shares are sold; `post_box`
    numbers with the word that follows.
    """
    low, found = text.lower(), set()
    if any(market in low for market in _MARKETS):
        labelled = _LABEL.sub(lambda label: label[0].lower(), text)
        found |= {("ticker", named or listed) for named, listed in _TICKER.findall(labelled)}
    if any(word in low for word in _SHARES):
        found |= {("ticker", symbol) for symbol in _repeated_capitals(text)}
    if any(box in low for box in _BOXES):
        for box in _BOX.finditer(text):
            place = _PLACE.match(text, box.end())
            found.add(("post_box", f"{box[1]} {place[1].lower()}" if place else box[1]))
    return found


def _repeated_capitals(text: str) -> set[str]:
    """Words of four or five capitals that come twice, in a text that is not all capitals."""
    if sum(map(str.isupper, text)) > _CAPITAL_SHARE * len(text):
        return set()
    counts = Counter(_CAPITALS.findall(text))
    return {word for word, count in counts.items() if count > 1}
