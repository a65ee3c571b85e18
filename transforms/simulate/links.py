"""Links of a campaign: which host they name, how it is spelled, and what they give away about campaign and reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from transforms.simulate.chance import Draw, pick
from transforms.simulate.names import letters, syllables
from transforms.simulate.recipients import Recipient

HOST_TRICKS = ("numeric_host", "escaped_host", "user_part", "wildcard_host")
_PATHS = ("", "", "index.php", "shop/", "rx/", "p/", "offer.htm", "go.asp", "cgi-bin/r.pl", "main/", "special/")
_PARAMETERS = ("aff", "id", "ref", "a", "pid", "wid", "affid", "partner", "sid")
_OPTOUTS = ("u/", "remove.php", "optout.html", "r.html", "unsub/", "nomore.asp", "byebye/", "o/", "gone.php")


@dataclass(frozen=True)
class LinkStyle:
    """How one campaign spells its links.

    `identify` turns a recipient into the token that per-recipient links carry (None: all copies carry the same link).
    """

    tricks: frozenset[str]
    path: str
    parameter: str
    affiliate_id: str
    optout: str
    image: str
    decoy_host: str
    identify: Callable[[Recipient], str] | None
    query_first: bool

    def host(self, domain: str, address: str, draw: Draw) -> str:
        """The host part as it stands in a link to `domain`, whose web server has `address`."""
        tricks = self.tricks
        if "numeric_host" in tricks:
            host = _numeric(address, draw)
        elif "wildcard_host" in tricks:
            host = f"{letters(draw, 4 + int(draw() * 8))}.{domain}"
        else:
            host = domain if draw() < 0.5 else f"www.{domain}"
        if "escaped_host" in tricks:
            host = "".join(f"%{ord(c):02X}" if c.isalnum() and draw() < 0.4 else c for c in host)
        return f"{self.decoy_host}@{host}" if "user_part" in tricks else host

    def links(self, host: str, recipient: Recipient) -> tuple[str, str, str]:
        """The link that is to be followed, the one to opt out, and a remote image's."""
        token = self.identify(recipient) if self.identify else ""
        pairs = [f"{self.parameter}={self.affiliate_id}"] if self.parameter else []
        if token:
            pairs.insert(0 if self.query_first else len(pairs), f"e={token}")
        query = "?" + "&".join(pairs) if pairs else ""
        optout = f"http://{host}/{self.optout}{'?' + token if token else ''}"
        return f"http://{host}/{self.path}{query}", optout, f"http://{host}/{self.image}"


def make_link_style(tricks: frozenset[str], affiliate_id: str, is_shared: bool, draw: Draw) -> LinkStyle:
    """A style drawn for one campaign; `is_shared` makes it carry the affiliate id for certain."""
    path = pick(draw, _PATHS) or (syllables(draw, 4) + "/" if draw() < 0.5 else "")
    return LinkStyle(
        tricks=tricks,
        path=path,
        parameter=pick(draw, _PARAMETERS) if is_shared or draw() < 0.4 else "",
        affiliate_id=affiliate_id,
        optout=pick(draw, _OPTOUTS),
        image=f"{pick(draw, ('img', 'i', 'images', 'gfx', 'pics'))}/{letters(draw, 4)}.{pick(draw, ('gif', 'jpg'))}",
        decoy_host=pick(draw, ("www.secure-login", "update", "www.google", "cgi.account", "login.member")) + ".com",
        identify=pick(draw, IDENTITIES) if "recipient_link" in tricks else None,
        query_first=draw() < 0.5,
    )


def _numeric(address: str, draw: Draw) -> str:
    numbers = [int(part) for part in address.split(".")]
    whole = int.from_bytes(bytes(numbers), "big")
    hexed = ".".join(f"0x{n:x}" for n in numbers)
    octal = ".".join(f"0{n:o}" for n in numbers)
    return pick(draw, (address, address, str(whole), f"0x{whole:08X}", hexed, octal))


IDENTITIES: tuple[Callable[[Recipient], str], ...] = (
    lambda recipient: recipient.address,
    lambda recipient: recipient.hex,
    lambda recipient: recipient.digest,
    lambda recipient: recipient.base64,
)
