"""The manner of sending: what a spammer's program does the same in every message, whatever the message says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.rings.header_fields import OF_A_LIST, OF_THE_COPY, OF_THE_WAY, is_of_a_filter

_DRAWN = re.compile(r"\d\D*\d")
_LEFT_OUT = OF_THE_WAY | OF_THE_COPY | OF_A_LIST | {"from", "date", "subject", "message-id"}


def manner(header_names: Sequence[str], content_type: str, charset: str | None) -> str:
    """Names of the fields that the sender's program writes, in its order, with media type and charset.

    A name that is drawn anew for every copy, `x-7ea840a39867d2d7`, is `#`.
    """
    own = [name for name in header_names if name not in _LEFT_OUT and not is_of_a_filter(name)]
    known = ("#" if _DRAWN.search(name) else name for name in own)
    return f"{' '.join(known)};{content_type};{charset or ''}"
