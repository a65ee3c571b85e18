"""Recipients are secrets: hashed with a key where they are counted, masked wherever a stored text repeats them (L6)."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar
from urllib.parse import unquote

from transforms.message.addresses import find_addresses, lower
from transforms.message.encoded_words import decode_words
from transforms.message.limits import RECIPIENTS
from transforms.message.parts import Mail
from transforms.message.received import Hop

Text = TypeVar("Text", str, str | None)
MASK = "[recipient]"
_DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-rcpt-to")
_FIELDS = frozenset(("to", "cc", "bcc", "apparently-to", *_DELIVERED))
_JOINT = re.compile(r"@|%40|%3d|=40|=")
_WORD_CHARS = 6
_MOST_WORDS = 50


def find_recipients(mail: Mail, hops: Sequence[Hop]) -> list[str]:
    """Every recipient address that the header names, lower case, distinct, at most `RECIPIENTS`."""
    found: dict[str, None] = {}
    for name, value in mail.fields:
        if name in _FIELDS:
            found |= dict.fromkeys(find_addresses(decode_words(value, mail.defects)))
    found |= {hop.for_address: None for hop in hops if hop.for_address}
    return list(found)[:RECIPIENTS]


def find_trap_address(mail: Mail, trusted: Sequence[Hop], recipients: Sequence[str]) -> str | None:
    """The address that was trapped: delivered-to, else `for` of the topmost trusted line, else the only recipient."""
    for name in _DELIVERED:
        if name in mail.first and (addresses := find_addresses(mail.first[name])):
            return addresses[0]
    for hop in trusted:
        if hop.for_address:
            return hop.for_address
    return recipients[0] if len(recipients) == 1 else None


@lru_cache(1 << 14)
def hash_address(key: bytes, address: str) -> str:
    """HMAC-SHA-256 of an address in lower case: 32 hex digits."""
    return hmac.digest(key, address.encode("utf-8", "replace"), hashlib.sha256).hex()[:32]


class Mask:
    """Replaces the given addresses in texts, however their two halves are joined (`@`, `%40`, `=` as in VERP)."""

    def __init__(self, addresses: Iterable[str]):
        self._hosts: dict[str, list[str]] = {}
        for address in addresses:
            local, _, host = address.rpartition("@")
            self._hosts.setdefault(local, []).append(host)
        self._lengths = sorted({len(local) for local in self._hosts}, reverse=True)
        self._words = [local for local in self._hosts if len(local) >= _WORD_CHARS][:_MOST_WORDS]

    def text(self, text: Text) -> Text:
        """The text without the addresses, wherever they stand in it, even inside of a longer address."""
        if not text or not self._hosts or ("@" not in text and "=" not in text and "%" not in text):
            return text
        low = lower(text)
        if len(self._hosts) < _MOST_WORDS and not any(local in low for local in self._hosts):
            return text
        pieces, end = [], 0
        for joint in _JOINT.finditer(low):
            span = self._span(low, joint.start(), joint.end())
            if span and span[0] >= end:
                pieces += [text[end : span[0]], MASK]
                end = span[1]
        return "".join(pieces) + text[end:] if pieces else text

    def address(self, text: str | None) -> str | None:
        """A sender's address; the local part of one that is a recipient is masked, its host stays."""
        masked = self.text(text)
        if text and masked != text:
            return MASK + "@" + text.rpartition("@")[2] if masked == MASK else masked
        return masked

    def subject(self, text: str) -> str:
        """A text in which the local part alone would give the recipient away."""
        return self._without_words(self.text(text))

    def link(self, text: str) -> str:
        """The part of a link behind its host, where senders write whom they wrote to, often percent-encoded."""
        if not self._hosts:
            return text
        masked = self.text(text)
        if "%" in masked:
            plain = unquote(masked)
            hidden = self._without_words(self.text(plain))
            if hidden != plain:
                return hidden
        return self._without_words(masked)

    def _span(self, low: str, start: int, end: int) -> tuple[int, int] | None:
        """Where the address around a joint begins and ends."""
        for length in self._lengths:
            if length <= start and (hosts := self._hosts.get(low[start - length : start])):
                for host in hosts:
                    if low.startswith(host, end):
                        return start - length, end + len(host)
        return None

    def _without_words(self, text: str) -> str:
        low = lower(text)
        for word in self._words:
            if word in low:
                text = _word(word).sub(MASK, text)
        return text


NO_MASK = Mask(())


@lru_cache(1 << 10)
def _word(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", re.I | re.A)
