"""A message taken apart, to its rows in `messages`, `received_hops`, `urls` and `attachments`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from transforms.feeds.raw import RawMessage
from transforms.message.body import Body, read_body
from transforms.message.identity import read_identity
from transforms.message.limits import BODY_BYTES, FIELD_CHARS, HOPS, LABEL_CHARS, RAW_HOP_BYTES
from transforms.message.link_rows import link_rows, unsubscribe_links
from transforms.message.masking import NO_MASK, Mask
from transforms.message.parts import Mail
from transforms.message.received import Hop, read_received
from transforms.message.recipient_shape import recipient_shape
from transforms.message.recipients import find_recipients, find_trap_address, hash_address
from transforms.message.trust import capture_time, count_trusted, find_origin

Row = dict[str, Any]
Rows = dict[str, list[Any]]
"""Rows by table: a `Row` in `messages` and `rejects`; elsewhere the values of a table's own columns, in their order."""


@dataclass(frozen=True)
class FeedContext:
    """What is known of a feed's load before its messages are read; `hash_key` keys the recipient hashes."""

    feed: str
    load_id: str
    load_date: date
    trusted_hosts: tuple[str, ...]
    hash_key: bytes


@dataclass(frozen=True, slots=True)
class Item:
    """One message of a load: its place, and which of the identical copies in the load it is (0: the first).

    `sha256` is the digest of its content in hexadecimal digits, where that is known already.
    """

    position: int
    copy_number: int
    message: RawMessage
    sha256: str | None = None


def message_key(feed: str, sha256: str, copy_number: int) -> str:
    """The key of a message: 32 hex digits, the same whenever the same feed brings the same bytes."""
    return hashlib.blake2b(f"{feed}\n{sha256}\n{copy_number}".encode(), digest_size=16).hexdigest()


def read_facts(mail: Mail, item: Item, sha256: str, context: FeedContext) -> Rows:
    """All rows of one message. Recipients leave it only as hashes."""
    lines = [" ".join(value[:FIELD_CHARS].split()) for value in mail.all("received")]
    if len(lines) > HOPS:
        mail.defects.add("hop_limit")
        del lines[HOPS:]
    hops = [read_received(line) for line in lines]
    trusted = hops[: count_trusted(hops, context.trusted_hosts)]
    recipients = find_recipients(mail, hops)
    mask = Mask(recipients, recipients.values())
    raw = item.message
    captured_at, source = _captured(trusted, raw.envelope_at, context.load_date)
    shared = {
        "message_key": message_key(context.feed, sha256, item.copy_number),
        "feed": context.feed,
        "load_id": context.load_id,
        "captured_at": captured_at,
    }
    body = read_body(mail)
    key = context.hash_key
    links = [*body.links, *unsubscribe_links(mail.first.get("list-unsubscribe", ""))]
    urls = link_rows(links, mask, mail.defects) if links else []
    attachments = _attachment_rows(body, mask)
    hop_rows = [
        _hop_row(number, hop, masked, number < len(trusted), NO_MASK if masked == line else mask, key)
        for number, (hop, line, masked) in enumerate(zip(hops, lines, mask.lines(lines), strict=True))
    ]
    origin = find_origin(trusted)
    trap_address = find_trap_address(mail, trusted, recipients)
    message = shared | {
        "position": item.position,
        "entry_name": mask.text(raw.entry_name),
        "byte_offset": raw.byte_offset,
        "captured_at_source": source,
        "message_sha256": sha256,
        "message_bytes": len(raw.content),
        **read_identity(mail, mask, raw.envelope_from),
        "recipient_hashes": [hash_address(key, address) for address in recipients],
        "trap_address_hash": hash_address(key, trap_address) if trap_address else None,
        "recipient_count": len(recipients),
        "recipient_shape": recipient_shape(recipients),
        "content_type": mail.content_type,
        **_body_columns(body, mask, mail.defects),
        "part_count": mail.part_count,
        "url_count": len(urls),
        "attachment_count": len(attachments),
        "hop_count": len(hop_rows),
        "origin_ip": origin.from_ip if origin else None,
        "origin_helo": mask.text(origin.from_helo) if origin else None,
        "parser": mail.parser,
    }
    message["defects"] = sorted(mail.defects)
    return {"messages": [message], "received_hops": hop_rows, "urls": urls, "attachments": attachments}


def _captured(trusted: Sequence[Hop], envelope_at: datetime | None, load_date: date) -> tuple[datetime, str]:
    if received_at := capture_time(trusted):
        return received_at, "received"
    return (envelope_at, "envelope") if envelope_at else (datetime.combine(load_date, time()), "feed_day")


def _hop_row(number: int, hop: Hop, masked: str, is_trusted: bool, mask: Mask, key: bytes) -> tuple:
    """One row of `received_hops` from a line that is masked; where it repeats no recipient, its clauses repeat none."""
    helo, name, ip, by_host, by_ip, protocol, queue_id, recipient, received_at, _ = hop
    if mask is not NO_MASK:
        helo, name, queue_id = mask.text(helo), mask.text(name), mask.text(queue_id)
    recipient_hash = hash_address(key, recipient) if recipient else None
    raw = _cut(masked, RAW_HOP_BYTES)[0]
    said = (helo, name, ip, by_host, by_ip, protocol, queue_id, recipient_hash, received_at)
    return number, *said, is_trusted, raw


def _attachment_rows(body: Body, mask: Mask) -> list[tuple]:
    return [
        (
            index,
            attachment.kind,
            mask.text(" ".join(attachment.filename.split())[:LABEL_CHARS]) if attachment.filename else None,
            attachment.content_type,
            attachment.sha256,
            attachment.size,
            mask.text(attachment.content_id and attachment.content_id[:LABEL_CHARS]),
            attachment.is_inline,
        )
        for index, attachment in enumerate(body.attachments)
    ]


def _body_columns(body: Body, mask: Mask, defects: set[str]) -> Row:
    head, rest = body.text[: 2 * BODY_BYTES], body.text[2 * BODY_BYTES :]
    text, size = _cut(mask.text(head), BODY_BYTES)
    size += len(rest.encode())
    if size > BODY_BYTES or body.is_cut:
        defects.add("body_truncated")
    return {
        "charset": body.charset,
        "body_text": text,
        "body_text_bytes": size,
        "has_text": body.has_text,
        "has_html": body.has_html,
        "html_skeleton": body.html_skeleton,
    }


def _cut(text: str, limit: int) -> tuple[str, int]:
    """The text cut to so many bytes of UTF-8, and its size before."""
    if len(text) * 4 <= limit or text.isascii():
        return text[:limit], len(text) if text.isascii() else len(text.encode())
    encoded = text.encode()
    return (text if len(encoded) <= limit else encoded[:limit].decode("utf-8", "ignore")), len(encoded)
