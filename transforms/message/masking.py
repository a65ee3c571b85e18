"""Recipients masked in whatever text repeats them (L6), however an address's halves are joined, however it is coded.

Where a stored text might give a recipient away, the mask wins over the text. What it leaves alone is a local part
without its host in running text, and one that names a role and not a person (`ROLES`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import TypeVar
from urllib.parse import unquote

from transforms.message.addresses import lower
from transforms.message.disguises import encodings, without_encodings
from transforms.message.roles import ROLES

Text = TypeVar("Text", str, str | None)
MASK = "[recipient]"
_SIGN = (
    r"[@=#%&+_|:!*~^$-]"
    r"(?:(?<=%)(?:25){0,3}(?:40|3d|23)|(?<==)(?:40|3d|23)|(?<=&)(?:#0{0,5}64|#x0{0,5}40|commat);?|(?<=\+)40)?"
)
_AROUND = r"[\s()\[\]{}<>_.*-]{0,4}"
_JOINT = re.compile(rf"{_AROUND}({_SIGN}|at(?<![a-z0-9]at)(?![a-z0-9])){_AROUND}")
"""What stands between the halves: a sign that may be escaped, or the word `at`, with blanks or brackets around it."""
_TOKEN = re.compile(r"[^\0\s<>\"']+")
_WORD_CHARS = 6
_MOST_WORDS = 50
_MOST_ENCODED = 10
_UNQUOTED = 2


class Mask:
    """Replaces the given addresses in texts. `spellings` are the same ones as they were written, for encodings."""

    def __init__(self, addresses: Iterable[str], spellings: Iterable[str] = ()):
        self._hosts: dict[str, list[str]] = {}
        for address in addresses:
            while "@" in address:  # a quoted local part may be an address itself
                address, _, host = address.rpartition("@")
                self._hosts.setdefault(address, []).append(host)
        self._shortest = min(
            (len(local) + min(map(len, hosts)) for local, hosts in self._hosts.items()), default=1 << 62
        )
        self._words = [word for word in self._hosts if len(word) >= _WORD_CHARS and word not in ROLES][:_MOST_WORDS]
        known = [f"{local}@{hosts[0]}" for local, hosts in islice(self._hosts.items(), _MOST_ENCODED)]
        known += list(spellings)[:_MOST_ENCODED]
        self._codes = encodings(dict.fromkeys(known)) if known else ()
        self._low_codes = tuple(map(str.lower, self._codes))

    def touches(self, text: str) -> bool:
        """Whether it would change anything, looked at in whatever way: one look in place of many at short texts."""
        return self.subject(text) != text or without_encodings(text, self._low_codes, MASK) != text

    def text(self, text: Text) -> Text:
        """The text without the addresses, wherever they stand in it, even inside of a longer address."""
        if not text or len(text) < self._shortest:
            return text
        text = without_encodings(self._plain(text), self._codes, MASK)
        return _TOKEN.sub(self._unquoted, text) if "%" in text else text

    def lines(self, lines: list[str]) -> list[str]:
        """The lines without the addresses; none of them holds a NUL."""
        return self.text("\0".join(lines)).split("\0") if lines else []

    def address(self, text: str | None) -> str | None:
        """A sender's address in lower case; the local part of one that is a recipient is masked, its host stays."""
        masked = self.text(text)
        if masked:
            masked = without_encodings(masked, self._low_codes, MASK)
        if text and masked != text:
            return MASK + "@" + text.rpartition("@")[2] if masked == MASK else masked
        return masked

    def subject(self, text: str) -> str:
        """A text in which the local part alone would give the recipient away."""
        return self._without_words(self.text(text))

    def link(self, text: str) -> str:
        """The part of a link behind its host, where senders write whom they wrote to, often percent-encoded."""
        if not self._hosts or not text:
            return text
        masked = self.text(text)
        if "%" in masked:
            plain = unquote(masked)
            hidden = self._without_words(self.text(plain))
            if hidden != plain:
                return hidden
        return self._without_words(masked)

    def _unquoted(self, token: re.Match[str]) -> str:
        """A token that holds an address once its percent-encoding is undone, masked; any other as it is."""
        plain = token[0]
        if len(plain) < self._shortest:
            return plain
        for _ in range(_UNQUOTED):
            if "%" not in plain:
                break
            plain = unquote(plain)
            masked = self._plain(plain)
            if masked != plain:
                return masked
        return token[0]

    def _plain(self, text: str) -> str:
        low = lower(text)
        pieces, end = [], 0
        present = self._present(low)
        for start, stop in sorted(self._spans(low, present), key=lambda span: (span[0], -span[1])) if present else ():
            if start >= end:
                pieces += [text[end:start], MASK]
                end = stop
        return "".join(pieces) + text[end:] if pieces else text

    def _present(self, low: str) -> Iterable[str]:
        """The local parts that stand in the text, perhaps with their host behind them."""
        if len(self._hosts) < _MOST_WORDS:
            return [
                local for local, hosts in self._hosts.items() if local in low and any(host in low for host in hosts)
            ]
        lengths = {len(local) for local in self._hosts}
        ends = {place for joint in _JOINT.finditer(low) for place in (joint.start(), joint.start(1))}
        return {
            local for end in ends for length in lengths if (local := low[max(end - length, 0) : end]) in self._hosts
        }

    def _spans(self, low: str, present: Iterable[str]) -> Iterator[tuple[int, int]]:
        """Where the addresses begin and end."""
        for local in present:
            start = low.find(local)
            while start >= 0:
                joint = _JOINT.match(low, start + len(local))
                for host in self._hosts[local] if joint else ():
                    for end in {joint.end(), joint.end(1)}:
                        if low.startswith(host, end):
                            yield start, end + len(host)
                start = low.find(local, start + 1)

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
