"""What a reader sees of an HTML part, and the links behind it. Nothing is rendered, run or fetched.

The tree is built in C; walking it node by node in Python would cost most of a message's time. So line breaks are
planted into the source before block elements, and the whole text is taken in one call. The form feed that stands for
a break is white space to HTML, so that it may stand inside of tables.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from transforms.message.limits import LINKS
from transforms.message.skeleton import read_skeleton
from transforms.message.taming import tame
from transforms.message.unseen import split_unseen

_BREAK = "\f"
_BLOCK = re.compile(
    r"<(?=/?(?:br|p|div|t[rdh]|table|h[1-6]|hr|[uod]l|li|d[td]|center|blockquote|pre|form|section|article)"
    r"[\s/>])",
    re.I,
)
_UNSEEN = ["script", "style", "head", "title", "noscript", "template", "object", "select"]
_UNSEEN += ["iframe", "noframes", "noembed"]
_LINKED = "[href],[src],[action],[background]"
_SOURCES = ("href", "src", "action", "background")
_BLANKS = ("\t", "\n", "\r", "\xa0")
_STYLE_URL = re.compile(r"[uU][rR][lL]\(\s{0,20}(?:&quot;|['\"])?([^'\")\s]{1,2100})")
_REFRESH_URL = re.compile(r"\burl\s{0,20}=\s{0,20}['\"]?([^'\"]{1,2100})", re.I)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.I)
_META_BYTES = 2 << 10


class Page(NamedTuple):
    """The visible text, one line a block, and the links as (source, spelling) pairs; `base` resolves relative ones.

    `unseen` is the text that is there and that no reader sees; `skeleton` digests the order of the tags.
    """

    text: str
    unseen: str
    links: list[tuple[str, str]]
    base: str | None
    skeleton: str | None
    is_cut: bool


def read_html(source: str) -> Page:
    """Read one HTML text. Never raises for what it holds."""
    source, is_cut = tame(source.replace(_BREAK, " "))
    low = source.lower()
    tree = LexborHTMLParser(_BLOCK.sub(_BREAK + "<", source))
    links = _tree_links(tree, may_refresh="refresh" in low)
    if "url(" in source or "URL(" in source:
        links += [("style", unescape(found)) for found in _STYLE_URL.findall(source)]
    base = tree.css_first("base[href]") if "<base" in low else None
    href = base.attrs.get("href") if base else None
    seen, unseen = _texts(tree, low)
    return Page(_lines(seen), _lines(unseen) if unseen else "", links, href, read_skeleton(low), is_cut)


def meta_charset(content: bytes) -> str | None:
    """The charset that the page declares for itself."""
    match = _META_CHARSET.search(content, 0, _META_BYTES)
    return match[1].decode() if match else None


def _tree_links(tree: LexborHTMLParser, may_refresh: bool) -> list[tuple[str, str]]:
    links: list[tuple[str, str]] = []
    for node in tree.css(_LINKED)[:LINKS]:
        if node.tag == "base":
            continue
        attributes = node.attributes
        for name in _SOURCES:
            if value := attributes.get(name):
                links.append((name, value))
    for node in tree.css("meta[http-equiv]") if may_refresh else ():
        if "refresh" in (node.attrs.get("http-equiv") or "").lower():
            found = _REFRESH_URL.search(node.attrs.get("content") or "")
            links += [("refresh", found[1].strip())] if found else []
    return links


def _texts(tree: LexborHTMLParser, low: str) -> tuple[str, str]:
    """The text that is shown, and that which is hidden; `low` is the page's source in lower case."""
    unseen = [tag for tag in _UNSEEN if "<" + tag in low]
    if unseen:
        tree.strip_tags(unseen)
    return split_unseen(tree, low)


def _lines(text: str) -> str:
    for blank in _BLANKS:
        if blank in text:
            text = text.replace(blank, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return "\n".join(filter(None, map(str.strip, text.split(_BREAK)))).replace("\0", "")
