"""How the text of an element looks, by its own attributes and what is around it."""

from __future__ import annotations

from typing import NamedTuple

from selectolax.lexbor import LexborNode

from transforms.message.colours import RGB, WHITE, attribute_colour, is_near
from transforms.message.styles import UNKNOWN, Ground, read_style

TELLING = frozenset(("style", "hidden", "color", "size", "bgcolor", "background", "href"))
"""The attributes that a look depends on."""


class Look(NamedTuple):
    """How the text of an element looks; a colour of None cannot be told."""

    colour: RGB | None = None
    ground: Ground = WHITE
    is_tiny: bool = False
    is_invisible: bool = False
    is_gone: bool = False

    def is_lost_on(self, ground: Ground) -> bool:
        """Whether its colour cannot be told from a background."""
        return self.colour is not None and ground != UNKNOWN and is_near(self.colour, ground)


def read_look(node: LexborNode, outer: Look) -> Look:
    """How an element looks in what is around it: `outer` itself when it says nothing."""
    said = node.attributes
    if TELLING.isdisjoint(said):
        return outer
    colour, ground, is_tiny, is_invisible, is_gone = outer
    tag = node.tag
    if tag == "font":
        colour = attribute_colour(said.get("color") or "") or colour
        is_tiny = is_tiny and "size" not in said
    elif tag == "a" and "href" in said:
        colour = None
    if "background" in said:
        ground = UNKNOWN
    elif "bgcolor" in said:
        ground = attribute_colour(said["bgcolor"] or "") or ground
    is_gone = is_gone or "hidden" in said
    if value := said.get("style"):
        style = read_style(value)
        colour = style.colour or colour
        ground = ground if style.ground is None else style.ground
        is_tiny = is_tiny if style.is_tiny is None else style.is_tiny
        is_invisible = is_invisible if style.is_invisible is None else style.is_invisible
        is_gone = is_gone or style.is_gone
    return Look(colour, ground, is_tiny, is_invisible, is_gone)
