"""The same work with the parsers that people have: an mbox.gz to Parquet files of messages, hops, links, attachments.

Each peer parses a message its own way; decompression, splitting, links, hops and writing are the same code for all, and
are given two processes. Neither gates its rows nor commits or publishes them.
"""

from __future__ import annotations

import email
import gzip
import hashlib
import multiprocessing
import re
from collections.abc import Callable, Iterator
from email.header import decode_header, make_header
from email.utils import parseaddr, parsedate_to_datetime
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from transforms.enrich.hosts import registrable_domain

Facts = dict[str, Any]
CHUNK_MESSAGES = 500
_URL = re.compile(r"https?://([^\s/?#\"'<>]+)[^\s\"'<>]*", re.I)
_IP = re.compile(r"\[(\d+\.\d+\.\d+\.\d+)\]")


def with_compat32(content: bytes) -> Facts:
    """The standard library's parser, with its default policy of Python 3.2."""
    message = email.message_from_bytes(content)
    texts, attachments = [], []
    for part in message.walk():
        if part.is_multipart():
            continue
        payload = part.get_payload(decode=True) or b""
        if part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment":
            text = payload.decode(_codec(part.get_content_charset()), "replace")
            texts.append(_TextOf.html(text) if part.get_content_subtype() == "html" else (text, []))
        else:
            attachments.append((part.get_filename(), part.get_content_type(), payload))
    return _facts(
        subject=str(make_header(decode_header(message["subject"] or ""))),
        sender=parseaddr(str(message["from"] or ""))[1],
        message_id=message["message-id"],
        date=message["date"],
        received=[str(value) for value in message.get_all("received", [])],
        texts=texts,
        attachments=attachments,
    )


def with_mail_parser(content: bytes) -> Facts:
    """mail-parser, the package that many mail tools are built on."""
    import mailparser

    mail = mailparser.parse_from_bytes(content)
    texts = [(text, []) for text in mail.text_plain] + [_TextOf.html(text) for text in mail.text_html]
    return _facts(
        subject=mail.subject,
        sender=mail.from_[0][1] if mail.from_ else "",
        message_id=mail.message_id,
        date=mail.date and mail.date.strftime("%a, %d %b %Y %H:%M:%S +0000"),
        received=[str(hop) for hop in mail.received],
        texts=texts,
        attachments=[
            (each["filename"], each["mail_content_type"], each["payload"].encode()) for each in mail.attachments
        ],
    )


PEERS: dict[str, Callable[[bytes], Facts]] = {"stdlib compat32": with_compat32, "mail-parser": with_mail_parser}


def run(parser: Callable[[bytes], Facts], archive: Path, out: Path, processes: int = 2) -> int:
    """Parse a whole archive; the number of messages."""
    count = 0
    with multiprocessing.Pool(processes) as pool:
        chunks = ((parser, chunk, out / f"{n}.parquet") for n, chunk in enumerate(_chunks(archive)))
        for done in pool.imap_unordered(_parse_chunk, chunks):
            count += done
    return count


def _chunks(archive: Path) -> Iterator[list[bytes]]:
    messages = _messages(archive)
    while chunk := list(islice(messages, CHUNK_MESSAGES)):
        yield chunk


def _messages(archive: Path) -> Iterator[bytes]:
    lines: list[bytes] = []
    with gzip.open(archive) as file:
        for line in file:
            if line.startswith(b"From ") and lines:
                yield b"".join(lines[1:])
                lines = []
            lines.append(line)
    yield b"".join(lines[1:])


def _parse_chunk(work: tuple[Callable[[bytes], Facts], list[bytes], Path]) -> int:
    parser, chunk, path = work
    rows = []
    for content in chunk:
        try:
            facts = parser(content)
        except Exception as error:  # a peer may fail on a message; it counts as read
            facts = {"error": type(error).__name__}
        rows.append(facts | {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)})
    pq.write_table(pa.Table.from_pylist(rows), path, compression="zstd")
    return len(chunk)


def _facts(subject, sender, message_id, date, received, texts, attachments) -> Facts:
    body = "\n".join(text for text, _ in texts)
    links = {match[0]: match[1].lower() for match in _URL.finditer(body)}
    links |= {match[0]: match[1].lower() for _, found in texts for link in found if (match := _URL.match(link))}
    return {
        "subject": subject,
        "from": sender,
        "message_id": message_id,
        "date": _utc(date),
        "hops": [{"ip": (_IP.search(line) or ["", ""])[1], "at": _utc(line.rpartition(";")[2])} for line in received],
        "body": body,
        "urls": [{"url": url, "domain": registrable_domain(host) or ""} for url, host in links.items()],
        "attachments": [
            {"name": name or "", "type": kind, "sha256": hashlib.sha256(payload).hexdigest()}
            for name, kind, payload in attachments
        ],
    }


def _utc(value: str | None) -> str | None:
    try:
        return parsedate_to_datetime(value).isoformat() if value else None
    except (ValueError, TypeError, IndexError):
        return None


def _codec(charset: str | None) -> str:
    try:
        "".encode(charset or "latin-1")
    except LookupError:
        return "latin-1"
    return charset or "latin-1"


class _TextOf(HTMLParser):
    """Text and links of a page, by the standard library."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.links: list[str] = []

    @classmethod
    def html(cls, source: str) -> tuple[str, list[str]]:
        page = cls()
        page.feed(source)
        return "".join(page.pieces), page.links

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if name in ("href", "src", "action") and value]
