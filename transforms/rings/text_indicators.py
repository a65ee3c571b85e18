"""What a text gives away: telephone numbers, drop boxes, wallets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from transforms.enrich.hosts import ascii_host, registrable_domain
from transforms.rings import phones, wallets
from transforms.rings.sieve import Finder, Pair

TEXT_CHARS = 1 << 16
_BOX = re.compile(
    r"(?<![a-z0-9._%+-])([a-z0-9][a-z0-9._%+-]{0,63})@((?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})(?![a-z0-9@-])",
    re.I | re.A,
)
_FILES = frozenset(("png", "jpg", "jpeg", "gif", "bmp", "svg", "html", "htm", "php"))
_MOST_BOXES = 20


def find_drop_boxes(text: str) -> Iterator[str]:
    """The first 20 mail addresses, in lower case; a masked recipient is none."""
    for match in islice(_BOX.finditer(text), _MOST_BOXES):
        host = match[2].lower()
        if host.rpartition(".")[2] not in _FILES and ascii_host(host) and registrable_domain(host):
            yield f"{match[1].lower()}@{host}"


def _of_kind(kind: str, find: Callable[[str], Iterable[str]]) -> Callable[[str], Iterable[Pair]]:
    return lambda text: ((kind, value) for value in find(text[:TEXT_CHARS]))


TEXT_INDICATORS = (
    Finder(phones.MAY_HOLD, _of_kind("phone", phones.find_phones)),
    Finder("(?i)[a-z0-9._%+-]@[a-z0-9]", _of_kind("drop_box", find_drop_boxes)),
    Finder(wallets.MAY_HOLD, _of_kind("wallet", wallets.find_wallets)),
)
"""For rendered body texts with their recipients masked; what lies past 64 Ki characters is not read.

`phone` in E.164, `drop_box` in lower case, `wallet` with its checksum checked. Linear in the text, whatever it is.
"""


def text_indicators(text: str) -> set[Pair]:
    """(kind, value) pairs of one text."""
    return {pair for finder in TEXT_INDICATORS for pair in finder.find(text)}
