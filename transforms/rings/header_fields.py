"""Header fields that say nothing about the program that wrote a message."""

from __future__ import annotations

import re

_OF_THE_WAY = """
received return-path delivered-to x-original-to envelope-to delivery-date x-envelope-from x-envelope-to status x-status
x-uid x-keywords authentication-results received-spf dkim-signature arc-seal arc-message-signature
arc-authentication-results x-received x-virus-scanned
"""
_OF_THE_COPY = """
to cc bcc reply-to sender in-reply-to references return-receipt-to disposition-notification-to
"""
OF_THE_WAY = frozenset(_OF_THE_WAY.split())
"""What hosts on the way and mailboxes write."""
OF_THE_COPY = frozenset(_OF_THE_COPY.split())
"""What comes and goes from copy to copy."""

_FILTER = re.compile(r"x-(?:spam|barracuda|mailscanner|antivirus|ironport|google|yahoo|rocket|evolution|mozilla)")


def is_of_a_filter(name: str) -> bool:
    """Whether a field, in lower case, is one that filters and mail readers add."""
    return _FILTER.match(name) is not None
