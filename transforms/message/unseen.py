"""Text of a page that no reader sees: not displayed, invisible, too small, or in the colour of its background.

Most pages have none, and a look at their source says so. In the others, marks are planted into the tree around the
elements whose text differs from what is around them in being seen, and the whole text is taken in one call.
A style sheet's rules are not applied; where they may colour a background, a colour hides text only on all of them.
"""

from __future__ import annotations

from collections.abc import Set
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.message.colours import RGB, attribute_colour
from transforms.message.looks import TELLING, Look, read_look
from transforms.message.styles import Ground, read_style, sheet_grounds
from transforms.message.unseen_hints import doubtful_colours, may_be_unseen

_MARK = "\0"
"""A parser of HTML lets none through, so no page can spell a mark."""
_HIDE, _SHOW, _END = "-", "+", "."
_MOST_NODES = 1_500
"""What comes after so many elements that may be hidden, or are inside of them, is taken as seen."""
_SUSPECTS = ":is([style],[hidden],font[color])"


def split_unseen(tree: LexborHTMLParser, low: str) -> tuple[str, str]:
    """The text of the body that is seen, and that which is not; `low` is the page's source in lower case."""
    body = tree.body
    if body is None:
        return "", ""
    colours = doubtful_colours(low)
    if not (colours or may_be_unseen(low)):
        return body.text(), ""
    is_hidden = _Marks(colours, sheet_grounds(low) if colours else set()).plant(tree, body)
    text = body.text()
    return _split(text, is_hidden) if is_hidden or _MARK in text else (text, "")


class _Marks:
    """Looks at the elements that may be hidden and at what is in them, and plants marks where that changes."""

    def __init__(self, colours: Set[RGB], sheets: Set[Ground]):
        self.colours = colours
        self.sheets = sheets
        self.looks: dict[int, Look] = {}
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
                    if not TELLING.isdisjoint(node.attributes):
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

    def _look_of(self, node: LexborNode) -> Look:
        """The look of a node. All on the way up to it are remembered, so that no way is gone twice."""
        looks = self.looks
        way = []
        while node is not None and node.mem_id not in looks:
            way.append(node)
            node = node.parent
        look = Look() if node is None else looks[node.mem_id]
        for node in reversed(way):
            looks[node.mem_id] = look = read_look(node, look)
        return look

    def _is_hidden(self, look: Look) -> bool:
        if look.is_gone or look.is_invisible or look.is_tiny:
            return True
        return look.colour in self.colours and all(map(look.is_lost_on, (look.ground, *self.sheets)))


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
