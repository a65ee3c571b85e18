"""The manner of sending: what a spammer's program does the same in every message, whatever the message says."""

from __future__ import annotations

import re
from collections.abc import Sequence

_OF_THE_WAY = (
    "received return-path delivered-to x-original-to envelope-to delivery-date x-envelope-from x-envelope-to status "
    "x-status x-uid x-keywords authentication-results received-spf dkim-signature arc-seal arc-message-signature "
    "arc-authentication-results x-received x-virus-scanned"
)
_OF_THE_COPY = (
    "from to cc bcc date subject message-id reply-to sender in-reply-to references return-receipt-to "
    "disposition-notification-to"
)
_LEFT_OUT = frozenset((*_OF_THE_WAY.split(), *_OF_THE_COPY.split()))
_FILTER = re.compile(r"x-(?:spam|barracuda|mailscanner|antivirus|ironport|google|yahoo|rocket|evolution|mozilla)")


def manner(header_names: Sequence[str], content_type: str, charset: str | None) -> str:
    """Names of the fields that the sender's program writes, in its order, with media type and charset."""
    own = [name for name in header_names if name not in _LEFT_OUT and not _FILTER.match(name)]
    return f"{' '.join(own)};{content_type};{charset or ''}"
