"""From the facts of messages to what they are grouped by: the template of each, and the keys that templates share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from math import log2
from typing import Any

from transforms.campaigns.contacts import contacts as own_contacts
from transforms.campaigns.digests import digest64
from transforms.campaigns.folding import words
from transforms.campaigns.manner import manner
from transforms.campaigns.notices import is_notice
from transforms.campaigns.scripts import script_of
from transforms.campaigns.shapes import link_shape
from transforms.rings.lists import is_common
from transforms.rings.text_indicators import text_indicators

RULES_VERSION = "1"
"""Changes whenever the same facts would be grouped otherwise."""

SHORT_WORDS = 8
"""A text of fewer words is known by its subject and its manner of sending as well."""
_OWN_CONTACTS = ("ticker", "post_box")
_SMALL_FILE = 512
_CACHED = 1 << 16

Key = tuple[str, int]
"""Kind and digest of what messages share."""


@dataclass(slots=True)
class Template:
    """A template as its first message shows it: `words` are those that it is compared by."""

    message_key: str
    captured_at: Any
    words: list[str]
    script: str | None
    manner: int
    contacts: frozenset[tuple[str, str]]


@dataclass(slots=True)
class Features:
    """Of some messages: the template of each, in their order (None for a delivery report, which is not grouped);
    templates; their keys, and what each key stands for."""

    template_of: list[int | None] = field(default_factory=list)
    templates: dict[int, Template] = field(default_factory=dict)
    keys: dict[int, set[Key]] = field(default_factory=dict)
    evidence: dict[int, str] = field(default_factory=dict)


def read_features(rows: list[dict[str, Any]]) -> Features:
    """Features of messages: rows of `messages` with `links` and `files`, lists of their rows in urls and attachments."""
    features = Features()
    for row in rows:
        if is_notice(row["content_type"], row["from_address"], (file["content_type"] for file in row["files"] or ())):
            features.template_of.append(None)
            continue
        sent = manner(row["header_names"], row["content_type"], row["charset"])
        template_id = _template(row, sent, features)
        features.template_of.append(template_id)
        keys = features.keys.setdefault(template_id, set())
        links = list(_links(row["links"]))
        contacts = _contacts(features.templates[template_id], bool(links))
        for kind, text in (*links, *_files(row), *contacts):
            key = digest64(kind, text, sent)
            keys.add((kind, key))
            features.evidence[key] = text
    return features


def _template(row: dict[str, Any], sent: str, features: Features) -> int:
    told = words(row["body_text"])
    if len(told) < SHORT_WORDS:
        told = words(row["subject"] or "") + told
        template_id = digest64(*told, "", sent, row["html_skeleton"] or "")
    else:
        template_id = digest64(*told)
    if template_id not in features.templates:
        text = f"{row['subject'] or ''}\n{row['body_text']}"
        contacts = frozenset(text_indicators(text) | own_contacts(text))
        features.templates[template_id] = Template(
            row["message_key"], row["captured_at"], told, script_of(told), digest64(sent), contacts
        )
    return template_id


def _links(links: list[dict[str, Any]] | None) -> Iterator[tuple[str, str]]:
    for link in links or ():
        place = link["registrable_domain"] or link["host"]
        if place and not _is_anybodys(place):
            yield "link", f"{place}{_shape(link['url'])}"


def _contacts(template: Template, has_links: bool) -> Iterator[tuple[str, str]]:
    """What a text answers to. Rings share telephones and drop boxes: beside links these tell rings, not campaigns."""
    for kind, value in sorted(template.contacts):
        if kind in _OWN_CONTACTS or not has_links:
            yield "contact", f"{kind} {value}"


def _files(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each file by its digest; and by name, type and rough size, for those that differ a little from copy to copy."""
    for file in row["files"] or ():
        size = file["attachment_bytes"]
        if size < _SMALL_FILE or file["kind"] == "message":
            continue
        yield "attachment", file["sha256"]
        if file["filename"]:
            about = f"{file['filename']} {file['content_type']} of about 2^{log2(size):.1f} bytes"
            yield "attachment", f"{about} {row['html_skeleton'] or ''}".rstrip()


@lru_cache(_CACHED)
def _is_anybodys(place: str) -> bool:
    return is_common("registrable_domain", place)


_shape = lru_cache(_CACHED)(link_shape)
