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
from transforms.message.parts import Mail
from transforms.message.received import Hop, read_received
from transforms.message.recipients import NO_MASK, Mask, find_recipients, find_trap_address, hash_address
from transforms.message.trust import capture_time, count_trusted, find_origin

Row = dict[str, Any]
Rows = dict[str, list[Row]]


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
    """One message of a load: its place, and which of the identical copies in the load it is (0: the first)."""

    position: int
    copy_number: int
    message: RawMessage


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
    mask = Mask(recipients)
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
    urls = [
        shared | row
        for row in link_rows(
            [*body.links, *unsubscribe_links(mail.first.get("list-unsubscribe", ""))], mask, mail.defects
        )
    ]
    attachments = [shared | row for row in _attachment_rows(body, mask)]
    hop_rows = [
        shared | _hop_row(number, hop, line, number < len(trusted), mask, key)
        for number, (hop, line) in enumerate(zip(hops, lines, strict=True))
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


def _hop_row(number: int, hop: Hop, line: str, is_trusted: bool, mask: Mask, key: bytes) -> Row:
    """One row of `received_hops`; where the line repeats no recipient, its clauses repeat none."""
    masked = mask.text(line)
    if masked is line:
        mask = NO_MASK
    return {
        "hop": number,
        "from_helo": mask.text(hop.from_helo),
        "from_name": mask.text(hop.from_name),
        "from_ip": hop.from_ip,
        "by_host": hop.by_host,
        "by_ip": hop.by_ip,
        "protocol": hop.protocol,
        "queue_id": mask.text(hop.queue_id),
        "for_address_hash": hash_address(key, hop.for_address) if hop.for_address else None,
        "received_at": hop.received_at,
        "is_trusted": is_trusted,
        "raw": _cut(masked, RAW_HOP_BYTES)[0],
    }


def _attachment_rows(body: Body, mask: Mask) -> list[Row]:
    return [
        {
            "attachment_index": index,
            "kind": attachment.kind,
            "filename": mask.text(" ".join(attachment.filename.split())[:LABEL_CHARS]) if attachment.filename else None,
            "content_type": attachment.content_type,
            "sha256": attachment.sha256,
            "attachment_bytes": attachment.size,
            "content_id": mask.text(attachment.content_id and attachment.content_id[:LABEL_CHARS]),
            "is_inline": attachment.is_inline,
        }
        for index, attachment in enumerate(body.attachments)
    ]


def _body_columns(body: Body, mask: Mask, defects: set[str]) -> Row:
    text, size = _cut(mask.text(body.text), BODY_BYTES)
    if size > BODY_BYTES or body.is_cut:
        defects.add("body_truncated")
    return {
        "charset": body.charset,
        "body_text": text,
        "body_text_bytes": size,
        "has_text": body.has_text,
        "has_html": body.has_html,
    }


def _cut(text: str, limit: int) -> tuple[str, int]:
    """The text cut to so many bytes of UTF-8, and its size before."""
    if len(text) * 4 <= limit or text.isascii():
        return text[:limit], len(text) if text.isascii() else len(text.encode())
    encoded = text.encode()
    return (text if len(encoded) <= limit else encoded[:limit].decode("utf-8", "ignore")), len(encoded)
