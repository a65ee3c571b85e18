"""The way of a copy from the sending machine to the trap, and what the Received lines below the trap's tell of it."""

from __future__ import annotations

from transforms.simulate.campaign import Campaign
from transforms.simulate.chance import Draw, pick
from transforms.simulate.forgeries import FORGERIES
from transforms.simulate.hops import Passage, relay_line
from transforms.simulate.names import access_line_name, letters, syllables
from transforms.simulate.recipients import Recipient
from transforms.simulate.scenario import SimulatedFeed


def origin(campaign: Campaign, networks: dict[str, str], draw: Draw) -> tuple[str, str]:
    """Address and reverse name of the machine that sent the copy."""
    prefix = pick(draw, campaign.origins)
    if campaign.is_hosted:
        number = 10 + int(draw() * 12)
        return f"{prefix}.{number}", f"host{number}.{campaign.indicators.sender_domain}" if draw() < 0.7 else ""
    ip = f"{prefix}.{int(draw() * 254) + 1}.{int(draw() * 254) + 1}"
    return ip, access_line_name(ip, networks[prefix]) if draw() < 0.6 else ""


def client_greeting(origin_name: str, recipient: Recipient, draw: Draw) -> str:
    """What the sending machine says in HELO: its name, noise, the trap's domain, or a provider's."""
    chance = draw()
    if origin_name and chance < 0.4:
        return origin_name
    if chance < 0.6:
        return letters(draw, 4 + int(draw() * 8))
    if chance < 0.7:
        return recipient.address.rpartition("@")[2]
    if chance < 0.85:
        return f"{syllables(draw, 6)}.{pick(draw, ('hotmail.com', 'yahoo.com', 'aol.com', 'net', 'com'))}"
    return pick(draw, ("localhost", "html", "user", "mail", "home", "pc", "server", "oemcomputer", "lap"))


def below_the_trap(
    campaign: Campaign, feed: SimulatedFeed, passage: Passage, networks: dict[str, str], draw: Draw
) -> tuple[str, str | None]:
    """The Received lines below the trap's, and the kind of forgery in them, None when all are honest."""
    if draw() < campaign.forged_share:
        kind = pick(draw, campaign.forgeries)
        if kind == "missing":
            passage.client_ip, passage.client_name = f"{pick(draw, list(networks))}.{int(draw() * 250)}.9", ""
        return FORGERIES[kind](feed, passage, draw), kind
    if draw() < campaign.relay_share:
        ip, name = passage.client_ip, passage.client_name
        prefix = ".".join(ip.split(".")[:2])
        relay = f"smtp{int(draw() * 9) + 1}.{networks.get(prefix, campaign.indicators.sender_domain)}"
        line = relay_line(relay, passage, ip, name, 1 + int(draw() * draw() * 4000), draw)
        passage.client_ip, passage.client_name, passage.helo = f"{prefix}.0.{20 + int(draw() * 6)}", relay, relay
        return line, None
    return "", None
