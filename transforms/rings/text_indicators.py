"""What a text gives away: telephone numbers, drop boxes, wallets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from transforms.enrich.hosts import ascii_host, registrable_domain
from transforms.rings.phones import find_phones
from transforms.rings.wallets import find_wallets

TEXT_CHARS = 1 << 16
_BOX = re.compile(
    r"(?<![a-z0-9._%+-])([a-z0-9][a-z0-9._%+-]{0,63})@((?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})(?![a-z0-9@-])",
    re.I | re.A,
)
_FILES = frozenset(("png", "jpg", "jpeg", "gif", "bmp", "svg", "html", "htm", "php"))
_MOST_BOXES = 20


def text_indicators(text: str) -> set[tuple[str, str]]:
    """(kind, value) pairs found in a rendered body text with its recipients masked; what lies past 64 Ki is not read.

    `phone` in E.164, `drop_box` in lower case, `wallet` with its checksum checked. Linear in the text, whatever it is.
    """
    text = text[:TEXT_CHARS]
    return {
        *(("phone", number) for number in find_phones(text)),
        *(("drop_box", box) for box in (find_drop_boxes(text) if "@" in text else ())),
        *(("wallet", wallet) for wallet in find_wallets(text)),
    }


def find_drop_boxes(text: str) -> Iterator[str]:
    """The first 20 mail addresses, in lower case; a masked recipient is none."""
    for match in islice(_BOX.finditer(text), _MOST_BOXES):
        host = match[2].lower()
        if host.rpartition(".")[2] not in _FILES and ascii_host(host) and registrable_domain(host):
            yield f"{match[1].lower()}@{host}"
