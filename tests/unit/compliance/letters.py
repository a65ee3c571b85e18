"""Letters of no real sender, for tests of compliance rules."""

from __future__ import annotations

from typing import Any

from transforms.compliance.letter import Letter
from transforms.compliance.opt_out import Link

PITCH = "Order now and save big on our products, only $19.95 with free shipping. Visit our store today."
CHAT = "Hello Ann, the meeting is on Tuesday at ten in the small room. See you there, Bob."
ACCOUNT = "Dear member, your account has been limited. Please verify your identity to restore it."
ADDRESS = "Pills Ltd, 12 Harbour Street, Springfield, IL 62704"
LEAVE = "To unsubscribe, click here."
LONG = "We have been thinking about what people who live near the coast would like to know of the weather. " * 4


def link(url: str = "http://shop.example/buy", source: str = "href") -> Link:
    return Link(url, source)


def letter(body_text: str = PITCH, **facts: Any) -> Letter:
    """A letter that sells, unless it is told otherwise."""
    return Letter(**({"subject": "A word", "from_address": "sales@shop.example"} | facts), body_text=body_text)
