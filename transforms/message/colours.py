"""Colours as HTML attributes and style declarations spell them."""

from __future__ import annotations

import re
from functools import lru_cache

RGB = tuple[int, int, int]

WHITE: RGB = (255, 255, 255)
_NEAR = 8
"""No eye tells colours apart that differ by so little in each channel."""
_HEX = {
    "aqua": "00ffff",
    "azure": "f0ffff",
    "black": "000000",
    "blue": "0000ff",
    "cyan": "00ffff",
    "floralwhite": "fffaf0",
    "fuchsia": "ff00ff",
    "ghostwhite": "f8f8ff",
    "gray": "808080",
    "green": "008000",
    "grey": "808080",
    "ivory": "fffff0",
    "lightgrey": "d3d3d3",
    "lime": "00ff00",
    "magenta": "ff00ff",
    "maroon": "800000",
    "mintcream": "f5fffa",
    "navy": "000080",
    "olive": "808000",
    "orange": "ffa500",
    "pink": "ffc0cb",
    "purple": "800080",
    "red": "ff0000",
    "silver": "c0c0c0",
    "snow": "fffafa",
    "teal": "008080",
    "white": "ffffff",
    "whitesmoke": "f5f5f5",
    "yellow": "ffff00",
}
_DIGITS = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})", re.A)
_CHANNEL = re.compile(r"(\d{1,5}(?:\.\d{0,9})?)(%?)", re.A)
_NO_DIGIT = re.compile(r"[^0-9a-f]")
_MOST_CHARS = 128


def style_colour(value: str) -> RGB | None:
    """The colour of a style declaration; None for what names none."""
    return _style_colour(value[:_MOST_CHARS])


def attribute_colour(value: str) -> RGB | None:
    """The colour of `color` or `bgcolor`, where HTML makes a colour of any junk."""
    return _attribute_colour(value[:_MOST_CHARS])


def is_near(one: RGB, other: RGB) -> bool:
    """Whether text of the one colour is invisible on the other."""
    return abs(one[0] - other[0]) <= _NEAR and abs(one[1] - other[1]) <= _NEAR and abs(one[2] - other[2]) <= _NEAR


@lru_cache(1 << 10)
def _style_colour(value: str) -> RGB | None:
    value = value.strip().lower()
    if named := _HEX_VALUES.get(value):
        return named
    if value.startswith("rgb"):
        found = _CHANNEL.findall(value)[:3]
        channels = [min(255, round(float(number) * (2.55 if percent else 1))) for number, percent in found]
        return (channels[0], channels[1], channels[2]) if len(channels) == 3 else None
    digits = _DIGITS.fullmatch(value)
    return _of_digits(digits[1]) if digits else None


@lru_cache(1 << 10)
def _attribute_colour(value: str) -> RGB | None:
    value = value.strip().lower()
    if not value or value == "transparent":
        return None
    return _HEX_VALUES.get(value) or _legacy_colour(value)


def _legacy_colour(value: str) -> RGB:
    """What the HTML standard calls the rules for parsing a legacy colour value."""
    if len(value) == 4 and (digits := _DIGITS.fullmatch(value)) and value[0] == "#":
        return _of_digits(digits[1])
    digits = _NO_DIGIT.sub("0", value.removeprefix("#"))
    size = max(1, -(-len(digits) // 3))
    digits = digits.ljust(3 * size, "0")
    channels = [digits[start : start + size][-8:] for start in range(0, 3 * size, size)]
    while len(channels[0]) > 2 and all(channel[0] == "0" for channel in channels):
        channels = [channel[1:] for channel in channels]
    red, green, blue = (int(channel[:2], 16) for channel in channels)
    return red, green, blue


def _of_digits(digits: str) -> RGB:
    wide = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    return int(wide[:2], 16), int(wide[2:4], 16), int(wide[4:], 16)


_HEX_VALUES = {name: _of_digits(digits) for name, digits in _HEX.items()}
