"""The links of a message, as rows: one for each distinct one, in the order of their first appearance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from transforms.message.html_text import Page
from transforms.message.limits import FIELD_CHARS, LINKS, URLS
from transforms.message.recipients import Mask
from transforms.message.text_links import find_links
from transforms.message.urls import Url, path_of, read_url

_IN_BRACKETS = re.compile(r"<\s*+([^<>]{1,2100})>")


class Link(NamedTuple):
    """A link as it is spelled, where it stood, what it is relative to, and whether it was written to be overlooked."""

    source: str
    spelling: str
    base: str | None = None
    is_hidden: bool = False


def page_links(page: Page, defects: set[str]) -> Iterator[Link]:
    """Those of the markup, then those that its text spells out."""
    for source, spelling in page.links:
        yield Link(source, spelling, page.base)
    yield from text_links(page.text, defects)


def text_links(text: str, defects: set[str]) -> Iterator[Link]:
    """Those that a plain text spells out."""
    return (Link("text", spelling, None, is_hidden) for spelling, is_hidden in islice(find_links(text, defects), LINKS))


def unsubscribe_links(value: str) -> Iterator[Link]:
    """Those of a List-Unsubscribe field (RFC 2369)."""
    return (Link("header", spelling) for spelling in _IN_BRACKETS.findall(value[:FIELD_CHARS]))


def link_rows(links: Iterable[Link], mask: Mask, defects: set[str]) -> list[dict[str, Any]]:
    """Rows of `urls`, recipients masked. What comes after the limit is not read; `defects` says so."""
    known: dict[Link, dict[str, Any] | None] = {}
    rows: dict[str, dict[str, Any]] = {}
    for number, link in enumerate(links):
        if number >= LINKS:
            defects.add("url_limit")
            break
        if link in known:
            if row := known[link]:
                row["occurrence_count"] += 1
            continue
        url = read_url(link.spelling, link.base)
        known[link] = row = _counted(rows, url, link, mask) if url else None
        if len(rows) > URLS:
            defects.add("url_limit")
            del rows[row["url"]]
            break
    return list(rows.values())


def _counted(rows: dict[str, dict[str, Any]], url: Url, link: Link, mask: Mask) -> dict[str, Any]:
    """The row of a link, new or found under another spelling."""
    tail = mask.link(url.tail)
    text = url.stem + tail
    row = rows.get(text)
    if row is None:
        row = rows[text] = _row(len(rows), text, tail, url, link.source)
    row["occurrence_count"] += 1
    row["is_obfuscated"] |= link.is_hidden or url.is_obfuscated
    return row


def _row(index: int, text: str, tail: str, url: Url, source: str) -> dict[str, Any]:
    return {
        "url_index": index,
        "url": text,
        "source": source,
        "scheme": url.scheme,
        "host": url.host.name if url.host else None,
        "registrable_domain": url.host.domain if url.host else None,
        "port": url.port,
        "path": path_of(tail) if url.host else None,
        "is_obfuscated": False,
        "occurrence_count": 0,
    }
