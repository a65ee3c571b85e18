"""The addresses of a trap: a few hundred, most seen on some web page years ago, some guessed by dictionary attacks."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from transforms.simulate.chance import Draw, pick, stream
from transforms.simulate.names import FIRST_NAMES, LAST_NAMES, letters
from transforms.simulate.scenario import SimulatedFeed

_ROLES = ("info", "sales", "webmaster", "postmaster", "abuse", "contact", "support", "admin", "office", "jobs", "press")


@dataclass(frozen=True)
class Recipient:
    """A trap address and the tokens by which spammers recognise it."""

    address: str
    local: str
    first_name: str
    hex: str
    digest: str
    base64: str


def recipients_of(feed: SimulatedFeed, seed: int) -> list[Recipient]:
    """The feed's addresses in alphabetical order, so that neighbours are what a dictionary attack tries in a row."""
    draw = stream("recipients", seed, feed.name).random
    host = feed.trap_hosts[0].split(".", 1)[1]
    locals_ = set(_ROLES[: feed.address_count])
    while len(locals_) < feed.address_count:
        locals_.add(_local_part(draw))
    return [_recipient(local, host) for local in sorted(locals_)]


def choose(pool: list[Recipient], draw: Draw) -> int:
    """The place of a recipient in `pool`; some addresses stand on many lists, most on few."""
    return int(draw() * draw() * len(pool)) * 7919 % len(pool)


def _local_part(draw: Draw) -> str:
    first, last = pick(draw, FIRST_NAMES).lower(), pick(draw, LAST_NAMES).lower()
    return pick(
        draw,
        (
            *(f"{first}.{last}", f"{first[0]}{last}", f"{first}{last[0]}", f"{first}_{last}", first, last),
            *(f"{last}{int(draw() * 100)}", f"{first}{int(draw() * 100):02d}", f"lists-{letters(draw, 5)}"),
        ),
    )


def _recipient(local: str, host: str) -> Recipient:
    address = f"{local}@{host}"
    first = local.split(".")[0].split("_")[0].rstrip("0123456789")
    return Recipient(
        address,
        local,
        first.capitalize(),
        address.encode().hex(),
        hashlib.md5(address.encode()).hexdigest(),
        urlsafe_b64encode(address.encode()).decode().rstrip("="),
    )
