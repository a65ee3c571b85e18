"""How a message lets its reader ask to be left alone: what its text says of it, and what there is to do it with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from transforms.compliance.terms import TERMS, Phrases, Prose

_TERMS = TERMS["opt_out"]
_PHRASES = Phrases(_TERMS["phrases"])
_REPLIES = Phrases(_TERMS["replies"])
_IN_LINK = tuple(_TERMS["links"].split())
_ADDRESS = re.compile(r"[a-z0-9\]]@[a-z0-9-]{1,63}\.|mailto:")
_DISGUISED = tuple(_TERMS["disguised"].split())
_NO_LETTERS = re.compile(r"[\W\d_]+")
_NOT_FOLLOWED = ("header", "src", "background")
_REACH_BEFORE, _REACH_AFTER = 200, 300
_MOST_WINDOWS = 8
_TAIL = 600

Span = tuple[int, int]


class Link(NamedTuple):
    """A link, and where it stood: columns of `urls`."""

    url: str
    source: str


class OptOut(NamedTuple):
    """What was found: ways are `link`, `mail`, `reply` and `header`.

    `notices` are the places in the text that speak of it, as (from, to) in characters, `windows` the sentences around
    them; `link` is the number of the link whose address says that it leads out; `is_disguised`: the notice is spelled
    so that it is hardly seen.
    """

    ways: tuple[str, ...]
    notices: tuple[Span, ...]
    windows: tuple[Span, ...]
    link: int | None
    is_disguised: bool

    @property
    def is_announced(self) -> bool:
        """Whether the text says that one may ask."""
        return bool(self.windows)


def find_opt_out(text: Prose, links: Sequence[Link], list_unsubscribe: str | None, can_reply: bool) -> OptOut:
    """Opt-out notices and mechanisms (15 USC 7704(a)(3)(A)) of a text with its links.

    `can_reply`: there is an address that an answer would go to. Which link the words `click here` stand on is not
    known, so any link serves where the text says that one may ask.
    """
    notices = tuple(sorted(_PHRASES.last(text)))
    is_disguised = not notices and _is_disguised(text.low[-_TAIL:])
    if is_disguised:
        notices = ((max(0, len(text.low) - _TAIL), len(text.low)),)
    windows = _windows(notices, len(text.low))
    said = " ".join(text.low[start:end] for start, end in windows)
    named = _leading_out(links)
    ways = {
        "link": (named is not None and not _is_mail(links[named])) or bool(windows and any(map(_is_page, links))),
        "mail": (named is not None and _is_mail(links[named])) or bool(said and _ADDRESS.search(said)),
        "reply": can_reply and bool(said) and _REPLIES.within(said),
        "header": bool(list_unsubscribe and list_unsubscribe.strip()),
    }
    return OptOut(tuple(way for way, is_there in ways.items() if is_there), notices, windows, named, is_disguised)


def _windows(notices: Sequence[Span], size: int) -> tuple[Span, ...]:
    """Around each notice; those that overlap as one: the last `_MOST_WINDOWS`."""
    merged: list[Span] = []
    for start, end in notices:
        start, end = max(0, start - _REACH_BEFORE), min(size, end + _REACH_AFTER)
        if merged and start <= merged[-1][1]:
            before = merged.pop()
            start, end = before[0], max(end, before[1])
        merged.append((start, end))
    return tuple(merged[-_MOST_WINDOWS:])


def _is_disguised(tail: str) -> bool:
    """Whether the end of a text holds a notice once all but its letters is gone."""
    letters = _NO_LETTERS.sub("", tail)
    return any(map(letters.__contains__, _DISGUISED))


def _leading_out(links: Sequence[Link]) -> int | None:
    """The number of the first link whose address says that it leads out."""
    urls = ["" if link.source in _NOT_FOLLOWED else link.url.lower() for link in links]
    together = " ".join(urls)
    words = [word for word in _IN_LINK if word in together]
    return next((number for number, url in enumerate(urls) if any(map(url.__contains__, words))), None)


def _is_mail(link: Link) -> bool:
    return link.url.startswith("mailto:")


def _is_page(link: Link) -> bool:
    return link.source in ("href", "text", "action") and link.url.startswith("http")
