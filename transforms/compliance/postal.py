"""Postal addresses in a text: a street, a post box or a private mailbox, and the place that it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from transforms.compliance import postal_forms as forms

HEAD_CHARS, TAIL_CHARS = 1 << 12, 1 << 14
"""An address stands under a letter, or over it: what lies between the two of a longer text is not read."""
_DIGITS = re.compile(r"[0-9](?<![a-z0-9.,$€£/=&#?_-][0-9])[0-9]{3,5}(?![\w%/=&?]|[.,][0-9])")
_SEPARATORS = re.compile(r"[\s|·•*<>\"()\[\]–—]+")
_MOST_CODES, _MOST_STREETS = 100, 6
_BEFORE, _AFTER = 140, 60
_CLOSE = 60
_STATE_REACH = 24
_PLACE_REACH = 120


class Address(NamedTuple):
    """An address, by its characters from and to. `is_whole`: it has both a street or box and a place."""

    start: int
    end: int
    is_whole: bool


def find_address(text: str, low: str) -> Address | None:
    """A whole address, else a part of one; None without any.

    `low` is the text in lower case, character by character. Whether it is anybody's address is not looked into.
    Linear in the text.
    """
    part = None
    for start, end in _ends(len(text)):
        found = _find(text[start:end], low[start:end])
        if found:
            found = found._replace(start=start + found.start, end=start + found.end)
            if found.is_whole:
                return found
            part = part or found
    return part


def _ends(size: int) -> tuple[tuple[int, int], ...]:
    """The end of a text, and its beginning where that is apart."""
    if size <= HEAD_CHARS + TAIL_CHARS:
        return ((0, size),)
    return (size - TAIL_CHARS, size), (0, HEAD_CHARS)


def _find(text: str, low: str) -> Address | None:
    for start, end in _codes(text, low):
        if _has_street(low, start, end):
            return Address(max(0, start - _BEFORE), end, is_whole=True)
    for start, end in _lettered_codes(low):
        if _has_box(before := _before(low, start)) or forms.STREET.search(before):
            return Address(max(0, start - _BEFORE), end, is_whole=True)
    is_eastern = not low.isascii() and any(map(low.__contains__, forms.EASTERN_SIGNS))
    if is_eastern and (eastern := forms.EASTERN.search(low)):
        return Address(*eastern.span(), is_whole=True)
    return _without_code(low)


def _codes(text: str, low: str) -> Iterator[tuple[int, int]]:
    """Where postcodes stand that have beside them what theirs need; the last ones first."""
    found = [match.span() for match in _DIGITS.finditer(low)]
    for start, end in reversed(found[-_MOST_CODES:]):
        if _is_postcode(text, low, start, end):
            yield start, end


def _lettered_codes(low: str) -> Iterator[tuple[int, int]]:
    """Where postcodes of the United Kingdom and of Canada stand."""
    for pattern in (forms.UK_POSTCODE, forms.CA_POSTCODE):
        for match in islice(pattern.finditer(low), _MOST_CODES):
            yield match.span()


def _is_postcode(text: str, low: str, start: int, end: int) -> bool:
    size = end - start
    before = _line(low[max(0, start - _STATE_REACH) : start])
    if forms.NUMBER_OF_BOX.search(before):
        return False
    if size == 6 or (size == 5 and _is_zip(text[max(0, start - _STATE_REACH) : start], before)):
        return True
    after = _line(low[end : end + _STATE_REACH])
    if size == 4 and forms.AU_STATE_BEFORE.search(before):
        return True
    return bool(forms.CITY_AFTER.match(after) or (size == 5 and forms.CITY_BEFORE.search(before)))


def _is_zip(written: str, before: str) -> bool:
    """Whether a state of the US stands before five digits, and not a word of two letters."""
    state = forms.STATE_BEFORE.search(before)
    if not state or state[1] not in forms.WORDS_TOO:
        return bool(state)
    return state[1].upper() in written or before[: state.start()].rstrip().endswith(",")


def _has_street(low: str, start: int, end: int) -> bool:
    """Whether a street or box stands near a postcode: before it, or in some countries behind it."""
    if end - start == 4:
        return _is_four_digit_code(low, start, end)
    before = _before(low, start)
    near = f"{before} {_line(low[start : end + _AFTER])}"
    if _has_box(near) or forms.SURE_STREET.search(before) or _has_foreign_street(near):
        return True
    if end - start == 6:
        return bool(forms.INDIAN.search(before))
    if not (state := forms.STATE_BEFORE.search(before)):
        return False
    return any(
        pattern.search(before[: state.start()]) for pattern in (forms.STREET, forms.WORDED_STREET, forms.PLAIN_STREET)
    )


def _is_four_digit_code(low: str, start: int, end: int) -> bool:
    """Four digits may be a year: the street or box must be right before them; in Australia, the state."""
    before = _line(low[max(0, start - _CLOSE) : start])
    if forms.AU_STATE_BEFORE.search(before):
        return _has_box(before) or bool(forms.STREET.search(before))
    return _has_box(before) or _has_foreign_street(before + low[start:end])


def _has_box(window: str) -> bool:
    return any(map(window.__contains__, forms.BOX_SIGNS)) and bool(forms.BOX.search(window))


def _has_foreign_street(window: str) -> bool:
    return any(map(window.__contains__, forms.FOREIGN_WORDS)) and bool(forms.FOREIGN_STREET.search(window))


def _without_code(low: str) -> Address | None:
    """A street or box with the name of a state, country or great city behind it; a part where there is none."""
    part = None
    for match in islice(_streets(low), _MOST_STREETS):
        if forms.PLACE.search(_line(low[match.end() : match.end() + _PLACE_REACH])):
            return Address(match.start(), min(len(low), match.end() + _PLACE_REACH), is_whole=True)
        part = part or Address(*match.span(), is_whole=False)
    return part


def _streets(low: str) -> Iterator[re.Match[str]]:
    if any(map(low.__contains__, forms.BOX_SIGNS)):
        yield from forms.BOX.finditer(low)
    yield from forms.SURE_STREET.finditer(low)
    if not low.isascii() and any(map(low.__contains__, forms.FOREIGN_SIGNS)):
        yield from forms.FOREIGN_STREET.finditer(low)


def _before(low: str, start: int) -> str:
    return _line(low[max(0, start - _BEFORE) : start])


def _line(window: str) -> str:
    """A window of a text on one line, with a blank for each run of what only separates."""
    return _SEPARATORS.sub(" ", window)
