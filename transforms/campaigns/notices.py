"""Delivery reports: what mail systems write about other mail. They follow from a campaign, and are none."""

from __future__ import annotations

from collections.abc import Iterable

_SENDERS = frozenset(("mailer-daemon", "postmaster"))
_ENCLOSED = ("message/", "text/rfc822-headers")


def is_notice(content_type: str, from_address: str | None, enclosed_types: Iterable[str]) -> bool:
    """Whether a message is a delivery or disposition report (RFC 3464, RFC 8098), or an older mail system's notice.

    A notice encloses nothing but mail and reports: a picture or a program gives a false one away.
    """
    is_report = content_type == "multipart/report"
    is_from_system = (from_address or "").partition("@")[0] in _SENDERS
    return (is_report or is_from_system) and all(each.startswith(_ENCLOSED) for each in enclosed_types)
