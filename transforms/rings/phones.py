"""Telephone numbers in running text, in E.164: a cheap look for candidates, and a library's word on those."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

import phonenumbers

_NORTH_AMERICAN = r"(?:\+?1[ .-]{0,2})?(?:\(\d{3}\)[ .-]{0,2}|\d{3}[ .-]{1,2})\d{3}[ .-]{1,2}\d{4}(?![\w@]|-\d)"
_ANY = r"\+?\(?\d[\d().\-/ ]{5,24}\d(?![\w@])"
_CANDIDATE = re.compile(rf"(?<![\w@=#-])(?<!\D/)(?<!\d[.,])(?:(?P<written>{_NORTH_AMERICAN})|{_ANY})", re.A)
"""A North American number with its parts apart, or any run of digits that may be a number. No step is unbounded."""
_DIGITS = re.compile(r"\d(?:[()./ +-]{0,24}\d){6,}", re.A)
_START = re.compile(r"[+(]|\d+", re.A)
_SIGNS_BEFORE = 2

_MONEY_BEFORE = re.compile(r"(?:[$€£¥₤]|\b(?:usd|eur|gbp|rmb)\.?) ?$", re.I)
_MONEY_AFTER = re.compile(r" ?(?:[$€£¥%]|(?:usd|eur|gbp|dollars|euros?|pounds|million)\b)", re.I)
_NO_PHONE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?: \d.*)?"  # a date
    r"|\d{1,3}(?:\.\d{1,3}){3}"  # an address
    r"|\d{1,3}(?:[. ]\d{3})+(?:\.\d\d)?"  # an amount
    r"|\d{1,5} ?[-/] ?\d{1,5}|\d+\.\d+",  # a range, a fraction
    re.A,
)
_CUE = re.compile(
    r"tel|phone|call|fax|mobile|cell|dial|whatsapp|viber|fono|\bfon\b|handy|llam|ligue|rufen|appel|тел|факс|звон"
    r"|电话|電話|手机|手機|热线|熱線|传真|傳真",
    re.I,
)
_SIGNS = dict.fromkeys("－‐‑‒–", "-") | dict.fromkeys("\xa0\u3000\t", " ") | {"＋": "+", "（": "(", "）": ")"}
_PLAIN = {chr(ord("０") + n): str(n) for n in range(10)} | _SIGNS
_WIDE = re.compile(f"[{''.join(_PLAIN)}]")
MAY_HOLD = f"[0-9０-９](?:[()./ {''.join(_SIGNS)}+-]*[0-9０-９]){{6}}"
"""For RE2: seven digits with nothing but signs of telephone numbers between them."""
_CUE_REACH = 30
_MOST_CANDIDATES = 200
_MOST_NUMBERS = 20
_TRIES = 3
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15


def find_phones(text: str) -> Iterator[str]:
    """Up to 20 distinct numbers, as `+12065550142`; those without a country code are read as North American."""
    if not text.isascii() or "\t" in text:
        text = _WIDE.sub(lambda sign: _PLAIN[sign[0]], text)
    found: set[str] = set()
    for match in islice(_candidates(text), _MOST_CANDIDATES):
        number = _number(match[0]) if _may_be_phone(text, match) else None
        if number and number not in found:
            found.add(number)
            yield number
        if len(found) == _MOST_NUMBERS:
            return


def _candidates(text: str) -> Iterator[re.Match[str]]:
    """All matches, as `finditer` gives them, but tried only where seven digits stand together."""
    end = 0
    for digits in _DIGITS.finditer(text):
        for start in _START.finditer(text, max(digits.start() - _SIGNS_BEFORE, end), digits.end()):
            if start.start() >= end and (match := _CANDIDATE.match(text, start.start())):
                end = match.end()
                yield match


def _may_be_phone(text: str, match: re.Match[str]) -> bool:
    """Whether it is written like a telephone number, or said to be one, and not like money, a date or an address."""
    start, end = match.span()
    if _MONEY_BEFORE.search(text, max(start - 5, 0), start) or _MONEY_AFTER.match(text, end):
        return False
    if match["written"] or match[0].startswith("+"):
        return True
    return not _NO_PHONE.fullmatch(match[0]) and bool(_CUE.search(text, max(start - _CUE_REACH, 0), start))


def _number(written: str) -> str | None:
    """The number, or what is left of it without further digits that stand behind a blank or a slash."""
    for _ in range(_TRIES):
        if not written or sum(map(str.isdigit, written)) < _FEWEST_DIGITS:
            return None
        if number := normalised_phone(written):
            return number
        written = written[: max(written.rfind(" "), written.rfind("/"), 0)]
    return None


@lru_cache(1 << 14)
def normalised_phone(written: str) -> str | None:
    """A number as it is written, in E.164; None when nobody can have been given it."""
    if written.startswith("00"):
        written = f"+{written[2:]}"
    if sum(map(str.isdigit, written)) > _MOST_DIGITS + 3:  # with 011 before it
        return None
    try:
        number = phonenumbers.parse(written, "US")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
