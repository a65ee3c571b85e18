"""From the facts of messages to what they are grouped by: the template of each, and the keys that templates share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import log2
from typing import Any

from transforms.campaigns.contacts import contacts
from transforms.campaigns.digests import digest64
from transforms.campaigns.folding import words
from transforms.campaigns.manner import manner
from transforms.campaigns.notices import is_notice
from transforms.campaigns.shapes import is_removal, link_shape
from transforms.campaigns.stand_ins import is_stand_in
from transforms.rings.header_fields import came_by_list
from transforms.rings.lists import is_common
from transforms.rings.text_indicators import text_indicators

RULES_VERSION = "2"
"""Changes whenever the same facts would be grouped otherwise."""

SHORT_WORDS = 8
"""A text of fewer words is known by its subject and its manner of sending as well."""
_PLAIN = ("text", "header")
"""Where links of a mailing list's stand."""
_OWN_CONTACTS = ("ticker", "post_box")
_SMALL_FILE = 512
_CACHED = 1 << 16

Row = dict[str, Any]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Template:
    """A text: its digest, the words that it is compared by, and what it answers to as (kind, value) pairs."""

    template: int
    words: list[str]
    contacts: tuple[Pair, ...]


class Reader:
    """Reads messages; a text that comes again is not folded again."""

    def __init__(self) -> None:
        self._templates: dict[tuple[str, str, str, str], Template] = {}

    def template(self, row: Row, sent: str) -> Template:
        """The template of a row of `messages` that was sent in the manner `sent`."""
        known_by = row["body_text"], row["subject"] or "", sent, row["html_skeleton"] or ""
        if known_by not in self._templates:
            self._templates[known_by] = _read_template(*known_by)
        return self._templates[known_by]


def is_grouped(row: Row) -> bool:
    """Whether the message is grouped at all: a delivery report is not, nor one that says nothing."""
    if not (row["body_text"] or row["subject"] or row["links"] or row["files"]):
        return False
    types = [file["content_type"] for file in row["files"] or ()]
    return not is_notice(row["content_type"], row["from_address"], types)


def manner_of(row: Row) -> str:
    """How a row of `messages` was sent."""
    return manner(row["header_names"], row["content_type"], row["charset"])


def keys(row: Row, template: Template, sent: str) -> Iterator[tuple[str, str, str]]:
    """(kind, text, manner) of what the message can be found by: text and manner together; in any manner where it is
    empty.
    """
    places = set(_links(own_links(row)))
    yield from (("link", place, sent) for place in places)
    yield from (("attachment", file, sent) for file in _files(row))
    yield from (("contact", contact, sent) for contact in _contacts(row, template, bool(places)))
    if sender := _own_page(row):
        yield "link", sender, ""


def own_links(row: Row) -> list[Row]:
    """Rows of the message in urls that its author wrote: in mail that came by a list, plain ones may be the list's."""
    links = row["links"] or []
    return [each for each in links if each["source"] not in _PLAIN] if came_by_list(row["header_names"]) else links


def _contacts(row: Row, template: Template, is_linked: bool) -> Iterator[str]:
    """What a text answers to. Rings share telephones and boxes: beside links these tell rings, not campaigns."""
    tells = not is_linked and not came_by_list(row["header_names"])
    for kind, value in template.contacts:
        if kind in _OWN_CONTACTS or (tells and not is_removal(value)):
            yield f"{kind} {value}"


def _read_template(text: str, subject: str, sent: str, skeleton: str) -> Template:
    told, said = words(text), f"{subject}\n{text}"
    if skeleton and is_stand_in(text, len(told)):
        told = []
    known_by = told
    if len(told) < SHORT_WORDS:
        told = words(subject) + told
        known_by = [*told, "", sent, skeleton]
    return Template(digest64(*known_by), told, tuple(sorted(text_indicators(said) | contacts(said))))


def _links(links: list[Row]) -> Iterator[str]:
    for link in links:
        kind = "registrable_domain" if link["registrable_domain"] else "host"
        place = link[kind]
        if place and not is_common(kind, place) and (shape := _shape(link["url"])) is not None:
            yield f"{place}{shape}"


def _own_page(row: Row) -> str | None:
    """The sender's address, where all links lead to the domain that he writes from: whoever holds it sent them."""
    domains = {link["registrable_domain"] for link in own_links(row) if link["host"]}
    domain = domains.pop() if len(domains) == 1 else None
    if not domain or is_common("registrable_domain", domain):
        return None
    return row["from_address"] if f".{row['from_host']}".endswith(f".{domain}") else None


def telling_files(row: Row) -> list[Row]:
    """Rows of the message in attachments but for spacers, and enclosed messages."""
    return [f for f in row["files"] or () if f["attachment_bytes"] >= _SMALL_FILE and f["kind"] != "message"]


def _files(row: Row) -> Iterator[str]:
    """Each file by its digest; and by name, type and rough size, for those that differ a little from copy to copy."""
    for file in telling_files(row):
        size = file["attachment_bytes"]
        yield file["sha256"]
        if file["filename"]:
            yield f"{file['filename']} {file['content_type']} of about 2^{log2(size):.1f} bytes"


@lru_cache(_CACHED)
def _shape(url: str) -> str | None:
    """None for a link that leads to where readers have themselves taken off."""
    shape = link_shape(url)
    return None if is_removal(shape) else shape
