"""From the leaves of a message to its text, its links and its attachments."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from transforms.message.charsets import charset_name, decode_text
from transforms.message.html_text import meta_charset, read_html
from transforms.message.limits import ATTACHMENTS, TEXT_BYTES
from transforms.message.link_rows import Link, page_links, text_links
from transforms.message.parts import Mail, Part
from transforms.message.uuencode import Enclosed, take_files

_TEXT_TYPES = ("text/plain", "text/html")


@dataclass(slots=True)
class Attachment:
    """A part that is no text of the message, described by digest."""

    kind: str
    filename: str | None
    content_type: str
    sha256: str
    size: int
    content_id: str | None
    is_inline: bool


@dataclass(slots=True)
class Body:
    """What the leaves hold. `links` has each link as often as it stands there."""

    text: str = ""
    charset: str | None = None
    has_text: bool = False
    has_html: bool = False
    html_skeleton: str | None = None
    is_cut: bool = False
    links: list[Link] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)


def read_body(mail: Mail) -> Body:
    """Read the texts of the message itself, or those of an enclosed message when it has none."""
    own = [part for part in mail.parts if _is_text(part, mail)]
    depth = min((part.depth for part in own if part.payload.strip()), default=0)
    texts = [part for part in own if part.depth == depth]
    body = Body(
        has_text=any(part.content_type != "text/html" for part in texts),
        has_html=any(part.content_type == "text/html" for part in texts),
        charset=charset_name(texts[0].parameters.get("charset")) if texts else None,
    )
    rendered: list[tuple[Part, str]] = []
    enclosed: list[Enclosed] = []
    pages: list[str] = []
    for part, text in _decoded(texts, body, mail.defects):
        if part.content_type == "text/html":
            page = read_html(text)
            pages.append(text)
            rendered.append((part, page.text))
            body.links += page_links(page, mail.defects)
            body.is_cut |= page.is_cut
            body.html_skeleton = body.html_skeleton or page.skeleton
        else:
            text, files = take_files(text.replace("\r\n", "\n").replace("\r", "\n"), mail.defects)
            enclosed += files
            rendered.append((part, text.strip()))
            body.links += text_links(text, mail.defects)
    body.text = "\n".join(_chosen(rendered))
    body.links += _links_beside(mail, texts)
    body.attachments = _attachments(mail, own, enclosed, pages)
    return body


def _links_beside(mail: Mail, texts: list[Part]) -> Iterator[Link]:
    """Links that stand not in the text but in what comes with it: enclosed messages and attached pages."""
    read = {id(part) for part in texts}
    others = [part for part in mail.parts if id(part) not in read and _may_hold_links(part, mail)]
    unseen: set[str] = set()
    for part, text in _decoded(others, Body(), unseen) if others else ():
        if _is_page(part):
            yield from page_links(read_html(text), unseen)
        else:
            yield from text_links(text, unseen)
    mail.defects |= unseen & {"url_limit"}


def _may_hold_links(part: Part, mail: Mail) -> bool:
    return _is_page(part) or (part.depth > 0 and _is_text(part, mail))


def _is_page(part: Part) -> bool:
    return part.content_type == "text/html" or (part.filename or "").lower().endswith((".html", ".htm", ".shtml"))


def _is_text(part: Part, mail: Mail) -> bool:
    """Text meant to be read; a named text/plain among other parts is a file."""
    if part.disposition == "attachment":
        return False
    if part.content_type in _TEXT_TYPES:
        return not part.filename or part.disposition == "inline" or part is mail.parts[0]
    return part.content_type.startswith("text/") and len(mail.parts) == 1


def _decoded(parts: list[Part], body: Body, defects: set[str]) -> Iterator[tuple[Part, str]]:
    """The parts' texts, up to the limit for all of them together."""
    left = TEXT_BYTES
    for part in parts:
        payload = part.payload[:left]
        left -= len(payload)
        body.is_cut |= len(payload) < len(part.payload)
        hint = meta_charset(payload) if part.content_type == "text/html" else None
        text, defect = decode_text(payload, part.parameters.get("charset"), hint)
        if defect:
            defects.add(defect)
        yield part, text.lstrip("\ufeff")


def _chosen(rendered: list[tuple[Part, str]]) -> Iterator[str]:
    """Of the alternatives of a text the plain ones, unless they are empty; every other text as it comes."""
    plain = {part.alternative for part, text in rendered if part.content_type != "text/html" and text}
    for part, text in rendered:
        if text and (not part.alternative or part.content_type != "text/html" or part.alternative not in plain):
            yield text


def _attachments(mail: Mail, texts: list[Part], enclosed: list[Enclosed], pages: list[str]) -> list[Attachment]:
    """Every leaf that is no text, then the uuencoded files."""
    read = {id(part) for part in texts}
    others = (part for part in mail.parts if id(part) not in read)
    found = [_described(part, pages) for part in islice(others, ATTACHMENTS + 1)]
    for file in enclosed[: ATTACHMENTS + 1 - len(found)]:
        digest = hashlib.sha256(file.content).hexdigest()
        found.append(
            Attachment(
                "uuencode", file.filename, "application/octet-stream", digest, len(file.content), None, is_inline=False
            )
        )
    if len(found) > ATTACHMENTS:
        mail.defects.add("attachment_limit")
    return found[:ATTACHMENTS]


def _described(part: Part, pages: list[str]) -> Attachment:
    is_shown = part.content_id is not None and any(f"cid:{part.content_id}" in page for page in pages)
    return Attachment(
        "message" if part.is_message else "part",
        part.filename,
        part.content_type,
        hashlib.sha256(part.payload).hexdigest(),
        len(part.payload),
        part.content_id,
        part.disposition == "inline" or is_shown,
    )
