"""What a style attribute says about whether text can be seen."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from transforms.message.colours import RGB, style_colour

UNKNOWN = ()
"""A background that cannot be told: a picture."""
Ground = RGB | tuple[()]

_MOST_CHARS = 500
_DECLARATION = re.compile(
    r"(?<![\w-])(color|background(?:-color|-image)?|font-size|visibility|display)\s{0,9}:([^;]{0,200})", re.I
)
_SIZE = re.compile(r"\s*(\d{0,9}\.?\d{1,9})\s*(px|pt|[a-z%]*)", re.I | re.A)
_SHEET_GROUND = re.compile(r"background(?:-color|-image)?\s{0,9}:([^;}]{0,200})")


class Style(NamedTuple):
    """What is declared; None for what is not."""

    colour: RGB | None = None
    ground: Ground | None = None
    is_tiny: bool | None = None
    is_invisible: bool | None = None
    is_gone: bool = False


def read_style(style: str) -> Style:
    """Read a style attribute, or its beginning when it is long."""
    return _read(style[:_MOST_CHARS])


def sheet_grounds(low: str) -> set[Ground]:
    """The backgrounds that the page's style sheets declare for whatever elements; `low` is the page in lower case."""
    found: set[Ground] = set()
    for sheet in low.split("<style")[1:]:
        found |= {
            ground for value in _SHEET_GROUND.findall(sheet.partition("</style")[0]) if (ground := _ground(value))
        }
        if UNKNOWN in found:
            break
    return found


@lru_cache(1 << 10)
def _read(style: str) -> Style:
    said: dict = {}
    for name, value in _DECLARATION.findall(style):
        name, value = name.lower(), value.partition("!")[0].strip().lower()
        if name == "color":
            said["colour"] = style_colour(value) or said.get("colour")
        elif name == "font-size":
            said["is_tiny"] = _is_tiny(value)
        elif name == "visibility":
            said["is_invisible"] = value in ("hidden", "collapse")
        elif name == "display":
            said["is_gone"] = value == "none"
        elif (ground := _ground(value)) is not None:
            said["ground"] = ground
    return Style(**said)


def _ground(value: str) -> Ground | None:
    if "(" in value and ("url(" in value or "gradient(" in value):
        return UNKNOWN
    if "rgb" in value:
        return style_colour(value[value.index("rgb") :])
    return next(filter(None, map(style_colour, value.split())), None)


def _is_tiny(value: str) -> bool | None:
    """Whether text of this size is no text to the eye; None for a size that depends on the one around it."""
    size = _SIZE.match(value)
    if not size:
        return None if value == "inherit" else False
    number, unit = float(size[1]), size[2]
    if unit in ("", "px", "pt"):
        return number <= 1
    return True if number == 0 else None
