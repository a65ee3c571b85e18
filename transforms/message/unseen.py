"""Text of a page that no reader sees: not displayed, invisible, too small, or in the colour of its background.

Most pages have none, and a look at their source says so. In the others, marks are planted into the tree around the
elements whose text differs from what is around them in being seen, and the whole text is taken in one call.
A style sheet's rules are not applied; where they may colour a background, a colour hides text only on all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.message.colours import RGB, WHITE, attribute_colour, is_near, style_colour
from transforms.message.styles import UNKNOWN, Ground, read_style, sheet_grounds

_MARK = "\0"
"""A parser of HTML lets none through, so no page can spell a mark."""
_HIDE, _SHOW, _END = "-", "+", "."
_MOST_NODES = 2_000
_MOST_COLOURS = 1_000
_MOST_PAIRS = 1_000
_VALUE = r"\s{0,9}[=:]\s{0,9}[\"']?\s{0,9}(#?\w{1,40}(?:\([^)]{0,40}\))?)"
_TEXT_COLOUR = re.compile(rf"color(?<![\w-]color){_VALUE}")
_GROUND = re.compile(rf"color(?:(?<=bgcolor)|(?<=background-color)){_VALUE}")
_SHORT_GROUND = re.compile(r"background\s{0,9}:([^;}\"'>]{0,200})")
_TINY = re.compile(r"font-size\s{0,9}:\s{0,9}(?:[0.]|1(?!\d|\.[1-9]))")
_TELLING = frozenset(("style", "hidden", "color", "size", "bgcolor", "background", "href"))
_SUSPECTS = ":is([style],[hidden],font[color])"


class _Look(NamedTuple):
    """How the text of an element looks; a colour of None cannot be told."""

    colour: RGB | None = None
    ground: Ground = WHITE
    is_tiny: bool = False
    is_invisible: bool = False
    is_gone: bool = False


def split_unseen(tree: LexborHTMLParser, low: str) -> tuple[str, str]:
    """The text of the body that is seen, and that which is not; `low` is the page's source in lower case."""
    body = tree.body
    if body is None:
        return "", ""
    colours = _doubtful_colours(low) if "color" in low else frozenset()
    if not (colours or _may_be_unseen(low)):
        return body.text(), ""
    is_hidden = _Marks(colours, sheet_grounds(low) if colours else set()).plant(tree, body)
    text = body.text()
    return _split(text, is_hidden) if is_hidden or _MARK in text else (text, "")


def _may_be_unseen(low: str) -> bool:
    if " hidden" in low:
        return True
    if "style" not in low:
        return False
    return (
        ("display" in low and "none" in low)
        or "visibility" in low
        or ("font-size" in low and _TINY.search(low) is not None)
    )


def _doubtful_colours(low: str) -> Set[RGB]:
    """The colours of text that come near to any background, wherever they stand."""
    texts = _colours(_TEXT_COLOUR.findall(low))
    if not texts:
        return texts
    spelled = _GROUND.findall(low)
    if "background" in low:
        spelled += [word for value in _SHORT_GROUND.findall(low) for word in value.split()]
    grounds = _colours(spelled) | {WHITE}
    if len(texts) * len(grounds) > _MOST_PAIRS:
        return texts
    return {text for text in texts if any(is_near(text, ground) for ground in grounds)}


def _colours(spelled: Iterable[str]) -> set[RGB]:
    """The colours of so many spellings, as attribute or declaration."""
    known = list(dict.fromkeys(spelled))[:_MOST_COLOURS]
    return {colour for value in known if (colour := style_colour(value) or attribute_colour(value))}


class _Marks:
    """Looks at the elements that may be hidden and at what is in them, and plants marks where that changes."""

    def __init__(self, colours: Set[RGB], sheets: Set[Ground]):
        self.colours = colours
        self.sheets = sheets
        self.looks: dict[int, _Look] = {}
        self.left = _MOST_NODES

    def plant(self, tree: LexborHTMLParser, body: LexborNode) -> bool:
        """Plant the marks; says whether the body itself is hidden."""
        done: set[int] = set()
        for suspect in tree.css(_SUSPECTS)[:_MOST_NODES]:
            if suspect.mem_id not in done and self._is_suspect(suspect):
                inside = list(islice(suspect.traverse(), self.left))
                self.left -= len(inside)
                done.update(node.mem_id for node in inside)
                for node in inside:
                    if not _TELLING.isdisjoint(node.attributes):
                        self._mark(node)
        return self._is_hidden(self._look_of(body))

    def _is_suspect(self, node: LexborNode) -> bool:
        said = node.attributes
        if "hidden" in said:
            return True
        if node.tag == "font" and attribute_colour(said.get("color") or "") in self.colours:
            return True
        style = read_style(said.get("style") or "")
        return bool(style.is_tiny or style.is_invisible or style.is_gone) or style.colour in self.colours

    def _mark(self, node: LexborNode) -> None:
        look = self._look_of(node)
        outer = self.looks[node.parent.mem_id]
        if look is not outer and (is_hidden := self._is_hidden(look)) != self._is_hidden(outer):
            node.insert_before(_MARK + (_HIDE if is_hidden else _SHOW))
            node.insert_after(_MARK + _END)

    def _look_of(self, node: LexborNode) -> _Look:
        """The look of a node. All on the way up to it are remembered, so that no way is gone twice."""
        looks = self.looks
        way = []
        while node is not None and node.mem_id not in looks:
            way.append(node)
            node = node.parent
        look = _Look() if node is None else looks[node.mem_id]
        for node in reversed(way):
            looks[node.mem_id] = look = _look(node, look)
        return look

    def _is_hidden(self, look: _Look) -> bool:
        if look.is_gone or look.is_invisible or look.is_tiny:
            return True
        colour = look.colour
        if colour not in self.colours:
            return False
        return all(ground != UNKNOWN and is_near(colour, ground) for ground in (look.ground, *self.sheets))


def _look(node: LexborNode, outer: _Look) -> _Look:
    said = node.attributes
    if not said:
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
    return _Look(colour, ground, is_tiny, is_invisible, is_gone)


def _split(text: str, is_hidden: bool) -> tuple[str, str]:
    """The marked text, as what is outside and what is inside of hidden elements."""
    first, *pieces = text.split(_MARK)
    parts: dict[bool, list[str]] = {False: [], True: []}
    parts[is_hidden].append(first)
    stack = [is_hidden]
    for piece in pieces:
        if piece[:1] in (_HIDE, _SHOW):
            stack.append(piece[0] == _HIDE)
        elif len(stack) > 1:
            stack.pop()
        parts[stack[-1]].append(piece[1:])
    return "".join(parts[False]), "\n".join(filter(None, parts[True]))
