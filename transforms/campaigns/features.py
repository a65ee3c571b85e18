"""From the facts of messages to what they are grouped by: the template of each, and the keys that templates share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log2

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transforms.campaigns.contacts import CONTACTS
from transforms.campaigns.digests import digest64
from transforms.campaigns.facts import File, Link, Row
from transforms.campaigns.folding import words
from transforms.campaigns.manner import manner
from transforms.campaigns.shapes import is_removal, link_shape
from transforms.campaigns.stand_ins import MOST_WORDS, is_stand_in
from transforms.campaigns.word_columns import WordColumn, fold_column, numbers_of
from transforms.rings.lists import is_common
from transforms.rings.sieve import sift
from transforms.rings.text_indicators import TEXT_INDICATORS

RULES_VERSION = "3"
"""Changes whenever the same facts would be grouped otherwise."""

SHORT_WORDS = 8
"""A text of fewer words is known by its subject and its manner of sending as well."""
_OWN_CONTACTS = ("ticker", "post_box")
_SMALL_FILE = 512
_CACHED = 1 << 16

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Texts:
    """Of each message: the words that it is compared by, its template, and what it answers to as (kind, value)."""

    words: WordColumn
    templates: list[int]
    contacts: list[set[Pair]]


def read_texts(rows: Sequence[Row], texts: pa.StringArray) -> Texts:
    """What the subjects and texts of messages say."""
    column = fold_column(texts)
    stand_ins = {place for place in _paged(rows, column) if is_stand_in(texts[place].as_py())}
    told = {place: words(rows[place]["subject"] or "") for place in stand_ins}
    for place in {*np.flatnonzero(column.counts < SHORT_WORDS).tolist()} - stand_ins:
        told[place] = words(rows[place]["subject"] or "") + words(texts[place].as_py())
    column = column.with_texts({place: numbers_of(said) for place, said in told.items()})
    templates = [*map(column.template, range(len(column)))]
    for place, said in told.items():
        templates[place] = digest64(*said, "", manner_of(rows[place]), rows[place]["html_skeleton"] or "")
    subjects = pa.array([row["subject"] or "" for row in rows], pa.string())
    said = pc.binary_join_element_wise(subjects, texts, "\n")
    return Texts(column, templates, sift(said, (*TEXT_INDICATORS, *CONTACTS)))


def _paged(rows: Sequence[Row], column: WordColumn) -> list[int]:
    """Places of short texts beside a page."""
    return [place for place in np.flatnonzero(column.counts <= MOST_WORDS).tolist() if rows[place]["html_skeleton"]]


def manner_of(row: Row) -> str:
    """How a row of `messages` was sent."""
    return _manner(row["header_names"], row["content_type"], row["charset"])


def keys(row: Row, contacts: set[Pair], sent: str) -> Iterator[tuple[str, str, str]]:
    """(kind, text, manner) of what the message can be found by: text and manner together; in any manner where it is
    empty.
    """
    links = {*map(_link, row["links"])} - {None}
    yield from (("link", link, sent) for link in links)
    yield from (("attachment", file, sent) for file in _files(row["files"]))
    yield from (("contact", contact, sent) for contact in _contacts(row, contacts, bool(links)))
    if sender := _own_page(row):
        yield "link", sender, ""


def _contacts(row: Row, contacts: set[Pair], is_linked: bool) -> Iterator[str]:
    """What a text answers to. Rings share telephones and boxes: beside links these tell rings, not campaigns."""
    tells = not is_linked and not row["is_listed"]
    for kind, value in contacts:
        if kind in _OWN_CONTACTS or (tells and not is_removal(value)):
            yield f"{kind} {value}"


def _own_page(row: Row) -> str | None:
    """The sender's address, where all links lead to the domain that he writes from: whoever holds it sent them."""
    domains = {link.registrable_domain for link in row["links"] if link.host}
    domain = domains.pop() if len(domains) == 1 else None
    if not domain or is_common("registrable_domain", domain):
        return None
    return row["from_address"] if f".{row['from_host']}".endswith(f".{domain}") else None


@lru_cache(_CACHED)
def _link(link: Link) -> str | None:
    kind = "registrable_domain" if link.registrable_domain else "host"
    place = link.registrable_domain or link.host
    if not place or is_common(kind, place) or is_removal(shape := link_shape(link.url)):
        return None
    return f"{place}{shape}"


def telling_files(files: Sequence[File]) -> list[File]:
    """Attachments but for spacers, and enclosed messages."""
    return [file for file in files if file.attachment_bytes >= _SMALL_FILE and file.kind != "message"]


def _files(files: Sequence[File]) -> Iterator[str]:
    """Each file by its digest; and by name, type and rough size, for those that differ a little from copy to copy."""
    for file in telling_files(files):
        yield file.sha256
        if file.filename:
            size = log2(file.attachment_bytes)
            yield f"{file.filename} {file.content_type} of about 2^{size:.1f} bytes"


_manner = lru_cache(_CACHED)(manner)
