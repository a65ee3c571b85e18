"""What ties campaigns to a ring: telephone numbers, drop boxes, affiliate ids, wallets, domains, networks, mailers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from transforms.simulate.chance import Draw, pick, sample
from transforms.simulate.names import domain, letters, syllables

KINDS = ("affiliate_id", "phone", "drop_box", "wallet", "domain", "network", "mailer", "attachment", "sender_domain")
"""`wallet` is a Bitcoin address from 2012 on, an e-gold account before."""

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_FIRST_OCTETS = (24, 58, 60, 61, 62, 66, 68, 69, 80, 81, 82, 83, 84, 85, 86, 87, 88, 200, 201, 202, 203, 210, 211, 212)
_FIRST_OCTETS += (213, 216, 217, 218, 219, 220, 221, 222)
_AREA_CODES = (201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228)
_AREA_CODES += (229, 231, 234, 239, 240, 248, 251, 252, 253, 254, 256, 260, 262, 267, 269, 270, 281, 301, 302, 303)
_AREA_CODES += (304, 305, 307, 308, 309, 310, 312, 313, 314, 315, 316, 317, 318, 319, 320, 321, 323, 325, 330, 334)
_AREA_CODES += (336, 337, 339, 347, 351, 352, 360, 361, 386, 401, 402, 404, 405, 406, 407, 408, 409, 410, 412, 413)
_AREA_CODES += (414, 415, 417, 419, 423, 425, 430, 432, 434, 435, 440, 443, 469, 478, 479, 480, 484, 501, 502, 503)
_AREA_CODES += (504, 505, 507, 508, 509, 510, 512, 513, 515, 516, 517, 518, 520, 530, 540, 541, 551, 559, 561, 562)
_AREA_CODES += (563, 567, 570, 571, 573, 574, 580, 585, 586, 601, 602, 603, 605, 606, 607, 608, 609, 610, 612, 614)
_AREA_CODES += (615, 616, 617, 618, 619, 620, 623, 626, 630, 631, 636, 641, 646, 650, 651, 660, 661, 662, 678, 682)
_AREA_CODES += (701, 702, 703, 704, 706, 707, 708, 712, 713, 714, 715, 716, 717, 718, 719, 720, 724, 727, 731, 732)
_AREA_CODES += (734, 740, 754, 757, 760, 763, 765, 770, 772, 773, 774, 775, 781, 785, 786, 801, 802, 803, 804, 805)
_AREA_CODES += (806, 808, 810, 812, 813, 814, 815, 816, 817, 818, 828, 830, 831, 832, 843, 845, 847, 850, 856, 857)
_AREA_CODES += (858, 859, 860, 863, 864, 865, 901, 903, 904, 906, 907, 908, 909, 910, 912, 913, 914, 915, 916, 917)


@dataclass(frozen=True)
class Indicators:
    """One value (or set of values) of each kind; a ring's campaigns hold the same in the kinds that it shares."""

    affiliate_id: str
    phone: str
    drop_box: str
    wallet: str
    domain: tuple[str, ...]
    network: tuple[str, ...]
    mailer: int
    attachment: str
    sender_domain: str

    def values_of(self, kind: str) -> tuple[str, ...]:
        """The values of `kind` as texts."""
        value = getattr(self, kind)
        return value if isinstance(value, tuple) else (str(value),)


def make_indicators(draw: Draw, since: date, mailer_count: int, stem: str = "") -> Indicators:
    """A set of values that nobody else has (but by chance, as in life)."""
    return Indicators(
        affiliate_id=_affiliate_id(draw),
        phone=phone(draw),
        drop_box=f"{letters(draw, 5)}{syllables(draw, 8)}@{domain(draw, pick(draw, ('mail', 'post', 'box', 'web')))}",
        wallet=bitcoin_address(draw) if since.year >= 2012 else f"{int(draw() * 9_000_000) + 1_000_000}",
        domain=tuple(domain(draw, stem) for _ in range(1 + int(draw() * 5))),
        network=tuple(network(draw, 3) for _ in range(1 + int(draw() * 3))),
        mailer=int(draw() * mailer_count),
        attachment=letters(draw, 12),
        sender_domain=domain(draw),
    )


def phone(draw: Draw) -> str:
    """A North American number with a real area code and the exchange kept for fiction."""
    number = f"{pick(draw, _AREA_CODES)}-555-{int(draw() * 100) + 100:04d}"
    return pick(draw, (f"1-{number}", f"({number[:3]}) {number[4:]}", f"+1-{number}", number.replace("-", ".")))


def network(draw: Draw, octets: int) -> str:
    """The first `octets` numbers of a network that is publicly routed, dotted."""
    rest = [str(int(draw() * 254) + 1) for _ in range(octets - 1)]
    return ".".join([str(pick(draw, _FIRST_OCTETS)), *rest])


def bitcoin_address(draw: Draw) -> str:
    """A P2PKH address with a valid checksum for a key that nobody has."""
    payload = b"\0" + bytes(int(draw() * 256) for _ in range(20))
    checksum = hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]
    number, text = int.from_bytes(payload + checksum, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = _BASE58[digit] + text
    return "1" + text


def shared_kinds(draw: Draw) -> tuple[str, ...]:
    """Which two to five kinds a ring's campaigns have in common."""
    return tuple(sorted(sample(draw, KINDS, 2 + int(draw() * 4)), key=KINDS.index))


def _affiliate_id(draw: Draw) -> str:
    number = int(draw() * 90_000) + 1000
    return pick(draw, (str(number), f"{letters(draw, 3)}{number}", f"AF{number}", letters(draw, 6)))
