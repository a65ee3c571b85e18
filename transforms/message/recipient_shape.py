"""Whether the recipients of one message look generated: one word of a closed list, from which no address can be read.

The lake holds recipients only as keyed hashes, which have no neighbours. What a dictionary attack (15 USC
7704(b)(1)(A)(ii)) leaves in a message that names many of them is therefore told here, where they are still seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice, pairwise

FEWEST = 5
_MOST = 1_000
_SHARE = 0.8
_DIGITS = re.compile(r"[0-9]{1,9}")
_TAIL = 4
_HEAD = 3


def recipient_shape(addresses: Iterable[str]) -> str:
    """The word for the largest group of recipients at one host, out of `tables.messages.RECIPIENT_SHAPES`.

    `addresses` in lower case and in their order; at most 1,000 are looked at.
    """
    hosts: dict[str, dict[str, None]] = {}
    for address in islice(addresses, _MOST):
        local, _, host = address.rpartition("@")
        hosts.setdefault(host, {})[local] = None
    locals_ = list(max(hosts.values(), key=len, default={}))
    if len(locals_) < FEWEST:
        return "few"
    if _share_of_one(map(_without_number, locals_)) >= _SHARE:
        return "numbered"
    if _share_of_one(map(_name, locals_)) >= _SHARE:
        return "permuted"
    return "sorted" if _neighbours(locals_) >= _SHARE else "mixed"


def _without_number(local: str) -> str:
    """A local part with a sign for its digits; one without digits is like no other."""
    masked = _DIGITS.sub("#", local, count=1)
    return masked if masked != local else f"{local}@"


def _share_of_one(keys: Iterable[str]) -> float:
    """The share of the commonest of them."""
    counts: dict[str, int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    return max(counts.values(), default=0) / max(1, sum(counts.values()))


def _name(local: str) -> str:
    """The end of a local part, where it is letters with something before them; else one that is like no other."""
    name = local[-_TAIL:]
    return name if len(local) > _TAIL and name.isalpha() else f"{local}@"


def _neighbours(locals_: list[str]) -> float:
    """The share of recipients that come after the one before in the alphabet and begin as it does."""
    pairs = list(pairwise(locals_))
    return sum(a < b and a[:_HEAD] == b[:_HEAD] for a, b in pairs) / len(pairs)
