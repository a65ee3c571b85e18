"""What a text without links sells or answers to: ticker symbols and post boxes, beside the contacts of its ring."""

from __future__ import annotations

import re

_MARKETS = ("otc", "ticker", "symbol", "sym:", "stock", ".pk", ".ob", "nasdaq", "nyse", "amex", "pink")
_BOXES = ("box", "pmb", "postfach", "apartado")
_TICKER = re.compile(
    r"\b(?:otc(?: ?bb|qb)?|nasdaq|nyse|amex|pink ?sheets?|ticker|symbol|sym|stock report)"
    r"(?i:\s{0,3}[:;(\-–]\s{0,3})([A-Z]{3,5})\b|\b([A-Z]{4,5})\.(?:PK|OB)\b"
)
_LABEL = re.compile(r"\b(?:otc(?: ?bb|qb)?|nasdaq|nyse|amex|pink ?sheets?|ticker|symbol|sym|stock report)\b", re.I)
_BOX = re.compile(r"\b(?:p\.? ?o\.? ?box|post office box|pmb|postfach|apartado)[ #:]{1,3}(\d{1,8})", re.I)
_PLACE = re.compile(r"[\s,;.]{1,4}([^\W\d_]{3,24})")


def contacts(text: str) -> set[tuple[str, str]]:
    """(kind, value) pairs: `ticker` symbols that are named as such, `post_box` numbers with the word that follows."""
    low, found = text.lower(), set()
    if any(market in low for market in _MARKETS):
        labelled = _LABEL.sub(lambda label: label[0].lower(), text)
        found |= {("ticker", named or listed) for named, listed in _TICKER.findall(labelled)}
    if any(box in low for box in _BOXES):
        for box in _BOX.finditer(text):
            place = _PLACE.match(text, box.end())
            found.add(("post_box", f"{box[1]} {place[1].lower()}" if place else box[1]))
    return found
