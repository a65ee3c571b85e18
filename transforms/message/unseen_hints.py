"""Whether a page's source, in lower case, gives reason to look for hidden text: a look that costs little."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

from transforms.message.colours import RGB, WHITE, attribute_colour, is_near, style_colour

_MOST_COLOURS = 1_000
_MOST_PAIRS = 1_000
_VALUE = r"\s{0,9}[=:]\s{0,9}[\"']?\s{0,9}(#?\w{1,40}(?:\([^)]{0,40}\))?)"
_TEXT_COLOUR = re.compile(rf"color(?<![\w-]color){_VALUE}")
_GROUND = re.compile(rf"color(?:(?<=bgcolor)|(?<=background-color)){_VALUE}")
_SHORT_GROUND = re.compile(r"background\s{0,9}:([^;}\"'>]{0,200})")
_TINY = re.compile(r"font-size\s{0,9}:\s{0,9}(?:[0.]|1(?!\d|\.[1-9]))")


def may_be_unseen(low: str) -> bool:
    """Whether anything may be hidden other than by its colour."""
    if " hidden" in low:
        return True
    if "style" not in low:
        return False
    return (
        ("display" in low and "none" in low)
        or "visibility" in low
        or ("font-size" in low and _TINY.search(low) is not None)
    )


def doubtful_colours(low: str) -> Set[RGB]:
    """The colours of text that come near to any background, wherever they stand."""
    if "color" not in low:
        return frozenset()
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
