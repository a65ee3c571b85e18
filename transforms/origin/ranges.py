"""Ranges of addresses and what is known of them: made disjoint, and laid over one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Range(NamedTuple):
    """Addresses from `first` to `last`, both included, as numbers (`addresses.number`); None is unknown.

    `prefix` is the network that the table lists, in CIDR notation; only where an autonomous system announces it.
    """

    first: int
    last: int
    asn: int | None = None
    as_name: str | None = None
    country_code: str | None = None
    prefix: str | None = None


def flattened(ranges: Iterable[Range]) -> list[Range]:
    """The same ranges in order and disjoint: a range inside another one takes its place there.

    Of two with the same addresses the later counts, and of two that cross the one that begins later.
    """
    flat: list[Range] = []
    outer: list[Range] = []
    for each in sorted(ranges, key=lambda one: (one.first, -one.last)):
        while outer and outer[-1].last < each.first:
            _close(flat, outer)
        if outer and outer[-1].first < each.first:
            flat.append(outer[-1]._replace(last=each.first - 1))
        if outer and outer[-1].last <= each.last:
            outer.pop()
        elif outer:
            outer[-1] = outer[-1]._replace(first=each.last + 1)
        outer.append(each)
    while outer:
        _close(flat, outer)
    return flat


def _close(flat: list[Range], outer: list[Range]) -> None:
    """Write the innermost open range, and let the one around it go on behind."""
    done = outer.pop()
    flat.append(done)
    while outer and outer[-1].last <= done.last:
        outer.pop()
    if outer and outer[-1].first <= done.last:
        outer[-1] = outer[-1]._replace(first=done.last + 1)


def overlaid(upper: list[Range], lower: list[Range]) -> list[Range]:
    """Two lists of disjoint ranges as one: what `upper` does not know of an address is taken from `lower`."""
    return list(_joined(_overlaid(upper, lower)))


def _overlaid(upper: list[Range], lower: list[Range]) -> Iterator[Range]:
    ups, lows = iter(upper), iter(lower)
    up, low = next(ups, None), next(lows, None)
    while up is not None and low is not None:
        if up.last < low.first:
            yield up
            up = next(ups, None)
        elif low.last < up.first:
            yield low
            low = next(lows, None)
        elif up.first != low.first:
            first, second = min(up.first, low.first), max(up.first, low.first)
            yield (up if up.first == first else low)._replace(first=first, last=second - 1)
            up, low = up._replace(first=second), low._replace(first=second)
        else:
            last = min(up.last, low.last)
            yield _filled(up, low)._replace(last=last)
            up = next(ups, None) if up.last == last else up._replace(first=last + 1)
            low = next(lows, None) if low.last == last else low._replace(first=last + 1)
    for rest, others in ((up, ups), (low, lows)):
        if rest is not None:
            yield rest
            yield from others


def _filled(up: Range, low: Range) -> Range:
    """The upper range, with the country of the lower where it knows none, and its network likewise."""
    if up.asn is None:
        up = up._replace(asn=low.asn, as_name=low.as_name, prefix=low.prefix)
    elif up.as_name is None and up.asn == low.asn:
        up = up._replace(as_name=low.as_name)
    return up if up.country_code is not None else up._replace(country_code=low.country_code)


def joined(ranges: Iterable[Range]) -> list[Range]:
    """Ranges that touch and say the same, as one."""
    return list(_joined(ranges))


def _joined(ranges: Iterable[Range]) -> Iterator[Range]:
    held: Range | None = None
    for each in ranges:
        if held is not None and held.last + 1 == each.first and held[2:] == each[2:]:
            held = held._replace(last=each.last)
        else:
            if held is not None:
                yield held
            held = each
    if held is not None:
        yield held
