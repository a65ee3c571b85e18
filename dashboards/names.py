"""Words for codes, and ways from one page to another."""

from __future__ import annotations

from typing import Any

from dashboards.markup import Badge, Link
from dashboards.palette import GREY, STATUS, VERDICTS

KINDS = {
    "phone": "telephone number",
    "drop_box": "drop box",
    "wallet": "wallet",
    "registrable_domain": "linked domain",
    "host": "linked host",
    "attachment": "attachment",
    "affiliate_id": "affiliate id",
    "dkim_domain": "DKIM domain",
    "sender_domain": "sender's domain",
    "origin_network": "network of origin",
    "mailer": "mailing program",
}
"""Kinds of indicators that tie campaigns."""
METHODS = {
    "first": "nothing like it was known",
    "template": "the same text",
    "text": "a similar text",
    "link": "a shared link",
    "attachment": "a shared file",
    "contact": "a shared contact",
}
"""How a text came to its campaign."""


def campaign(campaign_id: Any) -> Link | None:
    """The way to a campaign."""
    return Link("campaigns", "campaign", str(campaign_id), str(campaign_id)) if campaign_id else None


def ring(ring_id: Any) -> Link | None:
    """The way to a ring."""
    return Link("rings", "ring", str(ring_id), str(ring_id)) if ring_id else None


def status(code: str) -> Badge:
    """Status of a feed's period."""
    return Badge(code, STATUS.get(code, GREY))


def verdict(code: str) -> Badge:
    """Verdict of a rule."""
    words = str(code).replace("_", " ")
    return Badge(words, VERDICTS.get(words, GREY))


def kind(code: str) -> str:
    """Kind of an indicator."""
    return KINDS.get(code, code)


def change(now: int, before: int) -> str:
    """A change on what was before (not 0), in words: `+12 % on the month before`."""
    return f"{100 * (now - before) / before:+.0f} % on the month before"
