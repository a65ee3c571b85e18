"""Numbers in words: counts, shares and differences as they are printed."""

from __future__ import annotations

from datetime import date

NONE = "–"
MINUS = "−"


def count(number: int | None) -> str:
    """`1,234`; a dash when there is none."""
    return NONE if number is None else f"{number:,}"


def share(part: float, whole: float) -> str:
    """`12.3 %` of the whole; a dash when the whole is nothing."""
    return f"{100 * part / whole:.1f} %" if whole else NONE


def rate(number: float | None) -> str:
    """A quotient with three significant digits, never in powers of ten; a dash when there is none."""
    if number is None:
        return NONE
    digits = 0 if number >= 100 else 1 if number >= 10 else 2 if number >= 1 else 4
    return f"{number:,.{digits}f}"


def signed(number: int) -> str:
    """`+12`, `−3` or `0`."""
    return f"{MINUS if number < 0 else '+' if number else ''}{abs(number):,}"


def change(now: float, before: float | None) -> str:
    """How much `now` is over or under `before`, in per cent; a dash when there is nothing to compare with."""
    if not before:
        return NONE
    per_cent = 100 * (now - before) / before
    text = f"{abs(per_cent):,.1f}" if abs(per_cent) < 1000 else f"{abs(per_cent):,.0f}"
    sign = "" if text == "0.0" else MINUS if per_cent < 0 else "+"
    return f"{sign}{text} %"


def named(month: date) -> str:
    """`March 2005`."""
    return f"{month:%B %Y}"


def month_before(month: date) -> date:
    """The first day of the month before."""
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def year_before(month: date) -> date:
    """The same month a year ago."""
    return month.replace(year=month.year - 1)
