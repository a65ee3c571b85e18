"""What an origin is said to be and how surely; whoever changes a rule counts `RULES_VERSION` up."""

from __future__ import annotations

RULES_VERSION = "1"

HIGH, MEDIUM, LOW, NONE = "high", "medium", "low", "none"

CONFIDENCES = {
    HIGH: "A trusted host wrote the public address that it took the message from; each hand-over between trusted hosts "
    "was from a private address, from one that is itself trusted, or without one.",
    MEDIUM: "As high, but hosts are the feed's own only by the name that was looked up for their public address; or "
    "the feed names no trusted hosts, and the topmost writer and its domain are taken for its own.",
    LOW: "The feed names trusted hosts and none of them wrote the top lines, so that the boundary is guessed; or the "
    "address stands where the client's HELO stands; or its looked-up name is the feed's own.",
    NONE: "No believed line gives a public address: there is no origin.",
}
"""How surely the origin is known, surest first."""

FINDINGS = {
    "chain_broken": "A line was written by another host than the one that the line above took the message from: no "
    "domain in common, nor the first half of an address.",
    "helo_is_address": "The client greeted with a public address that is not its own.",
    "helo_is_provider": "The client greeted as a large mail provider; the name looked up for its address is another.",
    "helo_is_trap": "The client greeted with a name or address of the feed's own hosts.",
    "impossible_address": "A claimed address cannot be a sender's: a number over 255, or a network of no hosts.",
    "line_unreadable": "A line that names no host and no address: no mail server writes such.",
    "name_is_trap": "The name looked up for the client's public address is the feed's own, and no line of its own "
    "follows.",
    "private_address": "A large provider's host is said to have come from a private address, to a host of somebody "
    "else's.",
    "time_after_capture": "A line is dated after the trap took the message.",
    "time_backwards": "A line is dated after the line above it.",
    "time_gap": "A line is dated days before the line above it.",
    "time_missing": "A line gives no time, or an impossible one.",
    "trap_in_claims": "Below the line on which the feed's own host took the message from a stranger, another line is "
    "said to be written by an own host.",
}
"""What speaks against the lines below the boundary or against the client, each once a message."""

_HOUR = 3_600_000_000
CLOCK_TOLERANCE = 9 * _HOUR
"""By how much clocks of honest hosts may differ, in microseconds: of honest mail of 2002, 2 in 100 messages go back by
two hours, and 1 in 200 by nine, most for a wrong zone."""

LONGEST_QUEUE = 7 * 24 * _HOUR
"""How long a message may lie in a queue, in microseconds: RFC 5321, 4.5.4.1, has senders give up after 4 to 5 days."""
