"""The links of a message, as rows: one for each distinct one, in the order of their first appearance."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from transforms.message.html_text import Page
from transforms.message.limits import FIELD_CHARS, LINKS, URLS
from transforms.message.masking import Mask
from transforms.message.text_links import find_links
from transforms.message.urls import Url, path_of, read_url, without_junk

Row = Sequence[Any]
_URL, _IS_OBFUSCATED, _COUNT = 1, 8, 9
_IN_BRACKETS = re.compile(r"<\s*+([^<>]{1,2100})>")


class Link(NamedTuple):
    """A link as it is spelled, where it stood, what it is relative to, and whether it was written to be overlooked."""

    source: str
    spelling: str
    base: str | None = None
    is_hidden: bool = False


def page_links(page: Page, defects: set[str]) -> Iterator[Link]:
    """Those of the markup, then those that its text spells out, be it seen or not."""
    for source, spelling in page.links:
        yield Link(source, spelling, page.base)
    yield from text_links(page.text, defects)
    if page.unseen:
        yield from text_links(page.unseen, defects)


def text_links(text: str, defects: set[str]) -> Iterator[Link]:
    """Those that a plain text spells out."""
    return (Link("text", spelling, None, is_hidden) for spelling, is_hidden in islice(find_links(text, defects), LINKS))


def unsubscribe_links(value: str) -> Iterator[Link]:
    """Those of a List-Unsubscribe field (RFC 2369)."""
    return (Link("header", spelling) for spelling in _IN_BRACKETS.findall(value[:FIELD_CHARS]))


def link_rows(links: Sequence[Link], mask: Mask, defects: set[str]) -> list[Row]:
    """Rows of `urls` without the columns of their message, recipients masked.

    What comes after the limit is not read; `defects` says so.
    """
    hide = mask.link if _may_name_recipient(links, mask) else str
    known: dict[Link, list[Any] | None] = {}
    rows: dict[str, list[Any]] = {}
    for number, link in enumerate(links):
        if number >= LINKS:
            defects.add("url_limit")
            break
        if link in known:
            if row := known[link]:
                row[_COUNT] += 1
            continue
        url = read_url(link.spelling, link.base)
        known[link] = row = _counted(rows, url, link, hide) if url else None
        if len(rows) > URLS:
            defects.add("url_limit")
            del rows[row[_URL]]
            break
    return list(rows.values())


def _may_name_recipient(links: Sequence[Link], mask: Mask) -> bool:
    """Whether any of the links would change under the mask: one look at all of them in place of one at each."""
    spelled = without_junk(" ".join(part for link in links for part in (link.spelling, link.base) if part))
    return mask.link(spelled) != spelled


def _counted(rows: dict[str, list[Any]], url: Url, link: Link, hide: Callable[[str], str]) -> list[Any]:
    """The row of a link, new or found under another spelling."""
    tail = hide(url.tail)
    text = url.stem + tail
    row = rows.get(text)
    if row is None:
        row = rows[text] = _row(len(rows), text, tail, url, link.source)
    row[_COUNT] += 1
    row[_IS_OBFUSCATED] |= link.is_hidden or url.is_obfuscated
    return row


def _row(index: int, text: str, tail: str, url: Url, source: str) -> list[Any]:
    host = url.host
    if host is None:
        return [index, text, source, url.scheme, None, None, url.port, None, False, 0]
    return [index, text, source, url.scheme, host.name, host.domain, url.port, path_of(tail), False, 0]
