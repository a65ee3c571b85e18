"""Where money is to be sent: coin addresses with a true checksum, and accounts of the digital currencies before them.

Ethereum is left out: its addresses carry a checksum only in Keccak-256, which neither Python nor the lock has, and 40
hex digits without one may be anything. Monero is left out for the same reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from itertools import islice

_BASE58 = {c: n for n, c in enumerate("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")}
_BASE58_ADDRESS = re.compile(r"(?<![A-Za-z0-9])[13LMDA9XT][1-9A-HJ-NP-Za-km-z]{25,33}(?![A-Za-z0-9])")
_VERSIONS = {0x00: "1", 0x05: "3", 0x30: "L", 0x32: "M", 0x1E: "D", 0x16: "A9", 0x4C: "X", 0x41: "T"}
"""Version byte and first letters: Bitcoin, Litecoin, Dogecoin, Dash, Tron."""

_BECH32 = {c: n for n, c in enumerate("qpzry9x8gf2tvdw0s3jn54khce6mua7l")}
_BECH32_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:bc|ltc)1[a-z0-9]{11,71}|(?:BC|LTC)1[A-Z0-9]{11,71})(?![A-Za-z0-9])"
)
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32_SUM, _BECH32M_SUM = 1, 0x2BC830A3

MAY_HOLD = "(?i)[13LMDA9XT][1-9A-Z]{25}|bc1|ltc1|e-?gold|liberty ?reserve|web ?money|wm[zre]|perfect ?money"
"""For RE2: what any address or account has about it."""
_ACCOUNTS = (
    (
        "gold",
        "e-gold",
        re.compile(r"\be-?gold\b", re.I | re.A),
        re.compile(r"(?<![\w.,$-])\d{5,8}(?![\w-]|[.,]\d)", re.A),
    ),
    (
        "liberty",
        "liberty-reserve",
        re.compile(r"\bliberty ?reserve\b", re.I | re.A),
        re.compile(r"\b[UXM]\d{6,7}\b", re.A),
    ),
    (
        ("money", "wm"),
        "webmoney",
        re.compile(r"\bweb ?money\b|\bwm[zre]\b", re.I | re.A),
        re.compile(r"\b[ZREUBG]\d{12}\b", re.A),
    ),
    (
        ("perfect",),
        "perfect-money",
        re.compile(r"\bperfect ?money\b", re.I | re.A),
        re.compile(r"\b[UEG]\d{7,8}\b", re.A),
    ),
)
"""Parts of the name in lower case, one of which a text must hold, the currency, its name, and its accounts."""
_ACCOUNT_REACH = 120
_MOST_CANDIDATES = 200
_MOST_CUES = 20


def find_wallets(text: str) -> Iterator[str]:
    """Coin addresses as they are written (bech32 in lower case), and accounts as `e-gold:1234567`."""
    low = text.lower()
    for match in islice(_BASE58_ADDRESS.finditer(text), _MOST_CANDIDATES):
        if is_base58_address(match[0]):
            yield match[0]
    for match in islice(_BECH32_ADDRESS.finditer(text) if "bc1" in low or "ltc1" in low else (), _MOST_CANDIDATES):
        if is_segwit_address(match[0]):
            yield match[0].lower()
    for words, currency, cue, account in _ACCOUNTS:
        for named in islice(cue.finditer(text) if any(word in low for word in words) else (), _MOST_CUES):
            if number := account.search(text, named.end(), named.end() + _ACCOUNT_REACH):
                yield f"{currency}:{number[0]}"


@lru_cache(1 << 12)
def is_base58_address(address: str) -> bool:
    """Whether version and checksum of a base58check address hold (20 bytes of key or script hash)."""
    number = 0
    for char in address:
        number = number * 58 + _BASE58[char]
    if number >> 200:
        return False
    raw = number.to_bytes(25, "big")
    leading = len(address) - len(address.lstrip("1"))
    if leading != len(raw) - len(raw.lstrip(b"\0")) or address[0] not in _VERSIONS.get(raw[0], ""):
        return False
    return sha256(sha256(raw[:21]).digest()).digest()[:4] == raw[21:]


@lru_cache(1 << 12)
def is_segwit_address(address: str) -> bool:
    """Whether a bech32 (version 0) or bech32m (later) address of a witness program holds: BIP 173, BIP 350."""
    prefix, _, data = address.lower().partition("1")
    if len(address) > 90 or not all(c in _BECH32 for c in data):
        return False
    values = [_BECH32[c] for c in data]
    spread = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    if _polymod(spread + values) != (_BECH32M_SUM if values[0] else _BECH32_SUM):
        return False
    bits = 5 * (len(values) - 7)
    padding = int("".join(f"{v:05b}" for v in values[1:-6])[bits - bits % 8 :] or "0", 2)
    length = bits // 8
    is_sized = length in (20, 32) if values[0] == 0 else 2 <= length <= 40
    return is_sized and values[0] <= 16 and bits % 8 < 5 and padding == 0


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATORS):
            check ^= generator if top >> place & 1 else 0
    return check
