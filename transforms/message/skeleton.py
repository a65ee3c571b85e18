"""The order of a page's tags, by which two copies from one program are known although their words differ."""

from __future__ import annotations

import hashlib
import re

_ATTRIBUTES = r"""[^>"']*+(?:(?:"[^"]*+"|'[^']*+')[^>"']*+)*+"""
_LETTER = r"\s*+(?:&[#\w]{1,8}+;?|[^<&\s])?+\s*+"
_LETTERS = rf"table\b[^>]*+>\s*+<tr\b[^>]*+>(?:\s*+<td\b[^>]*+>{_LETTER}</td>)++\s*+</tr>\s*+</table>"
"""A table of one row whose cells hold a letter each: a word, whole only on the screen."""
_COMMENT = r"!--(?:-?>|(?:[^-]++|-(?!->))*+)"
_TAG = re.compile(rf"<(?:{_COMMENT}|{_LETTERS}|([a-z][^\s/>]*+){_ATTRIBUTES})")
_KNOWN = (
    "a address applet area article aside base blockquote body button caption center col colgroup dd dir div dl dt "
    "embed fieldset footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe img input label li "
    "link map marquee menu meta nav object ol optgroup option p param pre script section select style table tbody "
    "td textarea tfoot th thead title tr ul br"
)
_SIGNS = {name: chr(0x100 + number) for number, name in enumerate(_KNOWN.split())}
"""A character for each tag that makes the layout; the others stand inside of lines and words."""
_RUN = re.compile(r"(.)(?=\1)")
_REPEATED = re.compile(r"(.{2,4}?)(?=\1)")


def read_skeleton(low: str) -> str | None:
    """Digest of the order of the opening tags in a page given in lower case; None for a page without any.

    Tags that dress words, unknown ones, comments and attributes do not count. What is repeated, up to four tags that
    come again and again, counts once: lists of different lengths are the same.
    """
    signs = "".join(filter(None, map(_SIGNS.get, _TAG.findall(low))))
    if not signs:
        return None
    signs = _REPEATED.sub("", _RUN.sub("", signs))
    return hashlib.blake2b(signs.encode(), digest_size=8).hexdigest()
