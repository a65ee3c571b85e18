"""Received lines for tests of origins, read and judged as parsing does it."""

from __future__ import annotations

from datetime import UTC, datetime

from transforms.message.received import read_received
from transforms.message.trust import count_trusted
from transforms.origin import HopFacts

TRAP = ("trap.example",)


def hops(*lines: str, trusted_hosts: tuple[str, ...] = TRAP) -> list[HopFacts]:
    """The lines, the trap's first, as rows of `received_hops`."""
    read = [read_received(line) for line in lines]
    count = count_trusted(read, trusted_hosts)
    return [
        HopFacts(*hop[:6], microseconds(hop.received_at), place < count, line)
        for place, (hop, line) in enumerate(zip(read, lines, strict=True))
    ]


def microseconds(at: datetime | None) -> int | None:
    return None if at is None else int(at.replace(tzinfo=UTC).timestamp()) * 1_000_000


def line(sender: str, by: str = "mx.trap.example", hour: int = 12, day: int = 10, year: int = 2005) -> str:
    """A line from `sender` (HELO, name and address as a server writes them) at an hour of a day of March."""
    return f"from {sender} by {by} with SMTP id Q1; {day} Mar {year} {hour:02}:00:00 +0000"


STRANGER = "mail.sender.example (mail.sender.example [198.51.100.7])"
