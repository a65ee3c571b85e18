"""Recipients are secrets (L6): found and hashed with a key here, masked by `masking` wherever a text repeats them."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

from transforms.message.addresses import find_addresses, lower, spelled_addresses
from transforms.message.encoded_words import decode_words
from transforms.message.limits import RECIPIENTS
from transforms.message.parts import Mail
from transforms.message.received import Hop

_DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-rcpt-to")
_RESENT = ("resent-to", "resent-cc", "resent-bcc", "x-forwarded-to", "x-real-to")
_FIELDS = frozenset(("to", "cc", "bcc", "apparently-to", *_DELIVERED, *_RESENT))


def find_recipients(mail: Mail, hops: Sequence[Hop]) -> dict[str, str]:
    """Every recipient address that the header names, lower case and distinct, and how it is spelled first.

    At most `RECIPIENTS`.
    """
    found: dict[str, str] = {}
    for name, value in mail.fields:
        if name in _FIELDS:
            for spelled in spelled_addresses(decode_words(value, mail.defects)):
                found.setdefault(lower(spelled), spelled)
    for hop in hops:
        if hop.for_address:
            for address in (hop.for_address, *hop.more_for):
                found.setdefault(address, address)
    return found if len(found) <= RECIPIENTS else dict(islice(found.items(), RECIPIENTS))


def find_trap_address(mail: Mail, trusted: Sequence[Hop], recipients: Iterable[str]) -> str | None:
    """The address that was trapped: delivered-to, else `for` of the topmost trusted line, else the only recipient."""
    for name in _DELIVERED:
        if name in mail.first and (addresses := find_addresses(mail.first[name])):
            return addresses[0]
    for hop in trusted:
        if hop.for_address:
            return hop.for_address
    only, *others = [*recipients][:2] or [None]
    return None if others else only


@lru_cache(1 << 14)
def hash_address(key: bytes, address: str) -> str:
    """HMAC-SHA-256 of an address in lower case: 32 hex digits."""
    return hmac.digest(key, address.encode("utf-8", "replace"), hashlib.sha256).hex()[:32]
