"""Mail written for tests: messages, mbox files, feeds."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from pathlib import Path


def message(
    number: int, at: datetime, *, host: str = "mx.trap.example", subject: str = "Offer", body: str = ""
) -> bytes:
    """One captured message: a trap's Received line at a time in UTC, a sender, a link."""
    stamp = format_datetime(at.replace(tzinfo=UTC))
    text = body or f"Visit http://shop{number % 7}.example/{number}\r\n"
    return (
        f"Received: from relay{number % 5}.example (relay{number % 5}.example [198.51.100.{number % 250}])\r\n"
        f"\tby {host} (Postfix) with SMTP id Q{number:06d}\r\n"
        f"\tfor <trap{number % 11}@trap.example>; {stamp}\r\n"
        f"From: Seller {number % 13} <seller{number % 13}@sender.example>\r\n"
        f"To: trap{number % 11}@trap.example\r\n"
        f"Subject: {subject} {number}\r\n"
        f"Date: {stamp}\r\n"
        f"Message-ID: <{number}@sender.example>\r\n"
        "Content-Type: text/plain; charset=us-ascii\r\n"
        "\r\n"
        f"{text}"
    ).encode()


def mbox(messages: list[bytes]) -> bytes:
    """The messages as an mbox file."""
    return b"".join(b"From seller@sender.example Tue Mar  1 00:00:00 2005\n" + raw + b"\n" for raw in messages)


def day_of_mail(day: date, count: int, first: int = 0, **options) -> list[bytes]:
    """Messages captured in the course of a day."""
    start = datetime.combine(day, time(0, 10))
    return [message(first + n, start + timedelta(minutes=n), **options) for n in range(count)]


def write_day(folder: Path, day: date, messages: list[bytes]) -> Path:
    """A feed's daily file, `<date>.mbox.gz`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{day}.mbox.gz"
    path.write_bytes(gzip.compress(mbox(messages), mtime=0))
    return path


def feeds_toml(folder: Path, **feeds: dict) -> Path:
    """A feeds.toml of the given feeds; each needs at least a url."""
    lines = []
    for name, keys in feeds.items():
        lines.append(f"[feeds.{name}]")
        keys = {"trusted_hosts": ["mx.trap.example"], **keys}
        lines += [f"{key} = {_toml(value)}" for key, value in keys.items()]
    path = folder / "feeds.toml"
    path.write_text("\n".join(lines) + "\n")
    return path


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return str(value) if isinstance(value, int) else f'"{value}"'
