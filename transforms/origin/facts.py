"""What is known of a message's way: its Received lines as `received_hops` has them, and what is concluded from them."""

from __future__ import annotations

from typing import NamedTuple


class HopFacts(NamedTuple):
    """The columns of `received_hops` that an origin is found from; `received_at` in microseconds since 1970, UTC."""

    from_helo: str | None
    from_name: str | None
    from_ip: str | None
    by_host: str | None
    by_ip: str | None
    protocol: str | None
    received_at: int | None
    is_trusted: bool
    raw: str


class Origin(NamedTuple):
    """Who handed the message to the last host that is believed, how surely, and what the lines below claim.

    `origin_hop` is the number of the line that says so (0 at the top); `believed_count` lines from the top are
    believed. `confidence` is one of `rules.CONFIDENCES`, `findings` are of `rules.FINDINGS`, sorted.
    """

    origin_ip: str | None
    origin_helo: str | None
    origin_name: str | None
    confidence: str
    origin_hop: int | None
    believed_count: int
    claimed_origin_ip: str | None
    findings: tuple[str, ...]
