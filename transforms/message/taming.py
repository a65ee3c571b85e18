"""HTML that would keep a tree builder busy, cut down before it is parsed.

Two things cost the square of their number, in code that no alarm can interrupt: open elements around a block element,
and attributes of one tag. 100,000 of either take minutes. No honest page comes near these bounds.
"""

from __future__ import annotations

import re

_SAFE_CHARS = 16 << 10
_SAFE_TAGS = 2_000
"""A page with fewer tags cannot cost much, however they nest."""
_MOST_TAGS = 20_000
_DEEPEST = 400
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>]*+))?+"""
_CROWDED_TAG = re.compile(rf"(<[A-Za-z][^\s/>]*+(?:{_ATTRIBUTE}){{200}}+)(?:{_ATTRIBUTE})*+")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]{0,20})\b[^<>]*+>?", re.I)
_NEVER_NESTED = frozenset(
    ("a", "area", "base", "br", "col", "dd", "dt", "hr", "img", "input", "li", "link", "meta", "option", "p")
)


def tame(source: str) -> tuple[str, bool]:
    """The page in a form that is parsed in bounded time, and whether its end was cut off."""
    if len(source) <= _SAFE_CHARS:
        return source, False
    source = _CROWDED_TAG.sub(r"\1", source)
    tag_count = source.count("<")
    if tag_count <= _SAFE_TAGS:
        return source, False
    is_cut = tag_count > _MOST_TAGS
    if is_cut:
        source = source[: -len(source.split("<", _MOST_TAGS)[-1])]
    return _flattened(source), is_cut


def _flattened(source: str) -> str:
    """The page without the tags below a depth that no honest page reaches; links stay."""
    depth = 0

    def keep(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in _NEVER_NESTED:
            return tag[0]
        if tag[1]:
            depth = max(depth - 1, 0)
            return tag[0] if depth < _DEEPEST else ""
        depth += 1
        return tag[0] if depth <= _DEEPEST else ""

    return _TAG.sub(keep, source)
