"""What of a message its category is told by: a row of facts to the texts that terms are looked for in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from transforms.enrich.hosts import registrable_domain
from transforms.rings.lists import is_common

BODY_CHARS = 600
"""Of the body so much is read: what is sold is said at the beginning, and garbage fills up the end."""

LINK_CHARS = 320

_HEAD_CHARS = 400
_LINKS, _URL_CHARS, _PATH_CHARS, _FILES = 16, 400, 60, 16
_SHOWN = ("src", "background", "style")
_JOINT = re.compile(r"[-_~.]+(?=\w)|(?<=[a-z])(?=[A-Z])")
_MARKUP = re.compile(r"<[^<>]{0,400}>")
_FEW_TAGS = 8

Row = dict[str, Any]


def head(row: Row) -> str:
    """Subject and display name of the sender; both once more with joined words apart: `Low-Rates`, `LowRates`."""
    text = f"{(row['subject'] or '')[:_HEAD_CHARS]}\n{(row['from_name'] or '')[:_HEAD_CHARS]}"
    apart = _JOINT.sub(" ", text)
    return text if apart == text else f"{text}\n{apart}"


def body(row: Row) -> str:
    """The beginning of the text; without tags, where a program has sent its markup as plain text."""
    text = row["body_text"]
    beginning = text[:BODY_CHARS]
    if beginning.count("<") > _FEW_TAGS:
        return _MARKUP.sub(" ", text[: 4 * BODY_CHARS])[:BODY_CHARS]
    return beginning


def link_text(row: Row) -> str:
    """Hosts of the links that are to be followed, and their paths, one after the other, lower case, cut."""
    places = dict.fromkeys(islice(_places(row["links"] or ()), _LINKS))
    return " ".join(places)[:LINK_CHARS]


def _places(links: list[Row]) -> Iterator[str]:
    for link in links:
        host = link["host"]
        if host and link["source"] not in _SHOWN and not is_common("host", host):
            yield f"{host}{_path(link['url'])}".lower()


def _path(url: str) -> str:
    """Path of a link, without its query, cut: `/rx/main.php`."""
    rest = url[:_URL_CHARS].partition("://")[2]
    return rest[len(rest.partition("/")[0]) :].partition("?")[0][:_PATH_CHARS]


def senders(row: Row) -> set[str]:
    """The registrable domain that the message claims to be from, and its name without the suffix."""
    domain = registrable_domain((row["from_address"] or "").rpartition("@")[2][:255])
    return {domain, domain.partition(".")[0]} if domain else set()


def files(row: Row) -> set[str]:
    """Media types and extensions (`.zip`) of the files that come with the message."""
    found = set()
    for file in (row["files"] or ())[:_FILES]:
        stem, dot, extension = (file["filename"] or "").lower().rpartition(".")
        found.add(file["content_type"])
        if dot and stem and len(extension) < 6:
            found.add(f".{extension}")
    return found
