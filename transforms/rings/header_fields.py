"""Header fields that say nothing about the program that wrote a message."""

from __future__ import annotations

import re
from collections.abc import Collection

_OF_THE_WAY = """
received return-path delivered-to x-original-to envelope-to delivery-date x-envelope-from x-envelope-to status x-status
x-uid x-keywords authentication-results received-spf dkim-signature arc-seal arc-message-signature
arc-authentication-results x-received x-virus-scanned
content-length lines x-uidl x-return-path x-delivered-to x-apparently-to x-original-date x-originating-ip
x-originalarrivaltime x-authentication-warning x-mime-autoconverted x-mimetrack x-antiabuse x-source x-source-args
x-source-dir x-get-message-sender-via domainkey-signature old-subject old-return-path resent-date resent-from resent-to
resent-cc resent-sender resent-subject resent-message-id
"""
_OF_A_LIST = """
list-id list-post list-help list-subscribe list-unsubscribe list-archive list-owner precedence errors-to x-beenthere
x-mailman-version x-mailing-list mailing-list x-loop x-list-admin x-unsubscription-info x-acceptable-languages
x-egroups-return
"""
_OF_THE_COPY = """
to cc bcc reply-to sender in-reply-to references return-receipt-to disposition-notification-to
"""
OF_THE_WAY = frozenset(_OF_THE_WAY.split())
"""What hosts on the way and mailboxes write."""
OF_A_LIST = frozenset(_OF_A_LIST.split())
"""What the program of a mailing list adds to what somebody sent to it (RFC 2369, RFC 2919)."""
OF_THE_COPY = frozenset(_OF_THE_COPY.split())
"""What comes and goes from copy to copy."""

_MARKS_OF_A_LIST = frozenset(("list-post", "x-beenthere", "x-mailman-version", "x-mailing-list", "x-egroups-return"))
_FILTER = re.compile(r"x-(?:spam|barracuda|mailscanner|antivirus|ironport|google|yahoo|rocket|evolution|mozilla)")


def is_of_a_filter(name: str) -> bool:
    """Whether a field, in lower case, is one that filters and mail readers add."""
    return _FILTER.match(name) is not None


def came_by_list(header_names: Collection[str]) -> bool:
    """Whether a message went through a list that people write to: what stands at its end, and where it came from, is
    the list's then and not its author's. Newsletters are no such lists.
    """
    return not _MARKS_OF_A_LIST.isdisjoint(header_names)
