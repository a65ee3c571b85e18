"""Names made up from syllables: domains, hosts, mail addresses, people.

A registrable label has at least twelve letters of random syllables, so that no simulated link or sender hits a domain
that somebody owns. The names of large mail providers appear, as they do in spam, only as forged claims.
"""

from __future__ import annotations

from itertools import product

from transforms.simulate.chance import Draw, pick, pick_weighted

_ONSETS = ("b", "br", "c", "ch", "cl", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pl", "qu")
_ONSETS += ("r", "s", "st", "t", "tr", "v", "w", "z")
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ee", "io", "ou")
_CODAS = ("", "", "", "l", "n", "r", "s", "x", "m", "t")
_SYLLABLES = tuple(onset + vowel + coda for onset in _ONSETS for vowel in _VOWELS for coda in _CODAS)
_SYLLABLE_COUNT = len(_SYLLABLES)
_SUFFIXES = {"com": 40, "net": 14, "info": 14, "biz": 14, "org": 3, "us": 4, "ru": 4, "cn": 3, "com.br": 2, "co.uk": 2}
_TRIPLES = tuple(map("".join, product("abcdefghijklmnopqrstuvwxyz", repeat=3)))
_FORMS = ("Inc.", "LLC", "Ltd", "Corp.", "S.A.")
_BRANCHES = ("Media", "Marketing", "Direct", "Holdings", "Response", "Ventures")
_STATES = ("FL", "NV", "CA", "TX", "DE", "NY", "AZ", "BC")
PROVIDERS = ("hotmail.com", "yahoo.com", "aol.com", "msn.com", "earthlink.net", "comcast.net", "netscape.net")
_FIRST = """
James Mary Robert Linda Michael Susan David Karen Richard Nancy Joseph Lisa Thomas Betty Charles Helen Daniel Sandra
Matthew Donna Anthony Carol Mark Ruth Steven Sharon Paul Laura Andrew Kevin Brian Amy George Edward Anna Ronald
Rebecca Timothy Jason Jeffrey Ryan Gary Nicholas Eric Stephen Julia Larry Heather Scott Diane Frank Janet Benjamin
Gregory Samuel Raymond Rachel Patrick Alexander Jack Dennis Jerry Rosa Tyler Aaron Jose Adela Cornelius Bettye Earnest
Lavonne Marisol Rufus Tamika Wilbert Yolanda Dewey Elvira Gustavo Hollis Imelda Jarvis
"""
FIRST_NAMES = tuple(_FIRST.split())
_LAST = """
Walker Hughes Barton Petrov Lang Moreau Castillo Nowak Okafor Lindgren Vargas Mercer Doyle Hobbs Fitch Ramsey Stanton
Keller Whitley Pruitt Salas Odom Greer Talley Boone Hyde Maddox Vance Koch Brandt Duarte Sosa Farrell Conley Beck Haas
Rowe Tate Lyons Shaw Pope Neal Webb Cruz Holt Bond Gill Pace Rush Dyer Noble Roach Kemp Frye Benton Casey Dillon
Easley Foley Gaines Hatch Ingram Joyner Kirby Landry Mayo Nash Ortiz Pierce Quick Rollins
"""
LAST_NAMES = tuple(_LAST.split())


def syllables(draw: Draw, length: int) -> str:
    """A pronounceable word of at least `length` letters."""
    word = ""
    while len(word) < length:
        word += _SYLLABLES[int(draw() * _SYLLABLE_COUNT)]
    return word


def domain(draw: Draw, stem: str = "") -> str:
    """A registrable domain, perhaps with a telling `stem` ("meds") before its random letters."""
    return f"{stem}{syllables(draw, 12)}.{pick_weighted(draw, _SUFFIXES)}"


def letters(draw: Draw, count: int) -> str:
    """`count` random lower-case letters."""
    return "".join([_TRIPLES[int(draw() * 17_576)] for _ in range((count + 2) // 3)])[:count]


def person(draw: Draw) -> tuple[str, str]:
    """A first and a last name."""
    return pick(draw, FIRST_NAMES), pick(draw, LAST_NAMES)


def provider_address(draw: Draw) -> str:
    """A forged sender at a large provider; the random local part is too long to be a living mailbox."""
    first, last = person(draw)
    return f"{first.lower()}_{last.lower()}{letters(draw, 8)}{int(draw() * 90) + 10}@{pick(draw, PROVIDERS)}"


def access_line_name(address: str, isp: str) -> str:
    """The name that an access provider's reverse zone gives to a customer's address."""
    return f"{address.replace('.', '-')}.dsl.{isp}"


def postal_address(draw: Draw) -> str:
    """An invented firm at an invented address, as fine print gives it."""
    firm = f"{syllables(draw, 7).capitalize()} {pick(draw, _BRANCHES)} {pick(draw, _FORMS)}"
    street = f"{int(draw() * 9000) + 100} {pick(draw, LAST_NAMES)} {pick(draw, ('Street', 'Road', 'Avenue', 'Blvd'))}"
    box = f"P.O. Box {int(draw() * 9000) + 100}"
    town = f"{syllables(draw, 6).capitalize()}, {pick(draw, _STATES)} {int(draw() * 90000) + 10000}"
    return f"{firm}, {pick(draw, (street, box))}, {town}"
