"""The manner of sending: what a spammer's program does the same in every message, whatever the message says."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.rings.header_fields import OF_THE_COPY, OF_THE_WAY, is_of_a_filter

_LEFT_OUT = OF_THE_WAY | OF_THE_COPY | {"from", "date", "subject", "message-id"}


def manner(header_names: Sequence[str], content_type: str, charset: str | None) -> str:
    """Names of the fields that the sender's program writes, in its order, with media type and charset."""
    own = [name for name in header_names if name not in _LEFT_OUT and not is_of_a_filter(name)]
    return f"{' '.join(own)};{content_type};{charset or ''}"
