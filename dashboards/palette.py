"""Colours that colour-blind readers tell apart, on light and on dark ground alike.

Source: Okabe and Ito, Color Universal Design, 2008; without its black and yellow, of which each vanishes on one ground.
"""

from __future__ import annotations

from collections.abc import Sequence

BLUE, ORANGE, GREEN, VERMILION, SKY, PURPLE = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7"
GREY = "#8C8C8C"
SERIES = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILION)
OTHER = "Other"

STATUS = {"ok": GREEN, "late": SKY, "empty": GREY, "missing": ORANGE, "pending": PURPLE, "held": VERMILION}
VERDICTS = {
    "strong indicator": VERMILION,
    "indicator": ORANGE,
    "pass": GREEN,
    "not determinable": SKY,
    "not applicable": GREY,
}
CONFIDENCE = {"high": BLUE, "medium": SKY, "low": ORANGE, "none": GREY, "untraced": PURPLE}


def ink(colour: str) -> str:
    """The colour of a number on a ground of the palette: the one that contrasts more."""
    return "white" if colour == BLUE else "black"


def colours(names: Sequence[str]) -> dict[str, str]:
    """A colour for each name, in their order; grey for `Other` and for what comes after the sixth."""
    rest = iter(SERIES)
    return {name: GREY if name == OTHER else next(rest, GREY) for name in names}


def leading(totals: dict[str, int], most: int = len(SERIES)) -> list[str]:
    """The names with the largest totals, largest first, ties by name: what gets a colour of its own."""
    return sorted(totals, key=lambda name: (-totals[name], name))[:most]
