"""Received lines that never happened: what spammers write below the trap's own to send a tracer astray."""

from __future__ import annotations

from collections.abc import Callable

from transforms.simulate.chance import Draw, pick
from transforms.simulate.clock import DAY, header_date
from transforms.simulate.hops import Passage, postfix
from transforms.simulate.indicators import network
from transforms.simulate.mailers import digits
from transforms.simulate.names import PROVIDERS, letters, syllables
from transforms.simulate.scenario import SimulatedFeed

Forgery = Callable[[SimulatedFeed, Passage, Draw], str]
_PRIVATE = ("10", "192.168", "172.16", "127.0", "169.254")


def _chained(passage: Passage, ip: str, when: int, draw: Draw, host: str = "") -> str:
    """One invented line that pretends to be written by the host that spoke to the trap."""
    by = host or passage.helo
    helo = f"{syllables(draw, 5)}.{pick(draw, PROVIDERS)}"
    zone = pick(draw, (0, -300, -480, 60, 330))
    return pick(
        draw,
        (
            f"Received: from {helo} ([{ip}]) by {by} with SMTP id {digits(draw, 12).upper()};\n"
            f"\t{header_date(when, zone)}\n",
            f"Received: from {helo} (HELO {letters(draw, 6)}) ({ip})\n  by {by} with ESMTP;"
            f" {header_date(when, zone)}\n",
            f"Received: from {helo} ({helo} [{ip}])\n\tby {by} (8.9.3/8.9.3) with ESMTP id {digits(draw, 8).upper()};\n"
            f"\t{header_date(when, zone)}\n",
        ),
    )


def time_backwards(feed: SimulatedFeed, passage: Passage, draw: Draw) -> str:
    """The lower of two lines is newer than the upper one by hours."""
    upper = _chained(passage, network(draw, 4), passage.captured - 3600 * (4 + int(draw() * 30)), draw)
    return upper + _chained(passage, network(draw, 4), passage.captured - int(draw() * 1800), draw, syllables(draw, 9))


def chain_broken(feed: SimulatedFeed, passage: Passage, draw: Draw) -> str:
    """Addresses and hosts that have nothing to do with the line above."""
    near = passage.captured - 30 - int(draw() * 900)
    return f"Received: from {network(draw, 4)} by {network(draw, 4)}; {header_date(near, pick(draw, (-300, 0, 540)))}\n"


def impossible_address(feed: SimulatedFeed, passage: Passage, draw: Draw) -> str:
    """An address with a number over 255."""
    numbers = [int(draw() * 255) for _ in range(4)]
    numbers[int(draw() * 4)] = 256 + int(draw() * 700)
    return _chained(passage, ".".join(map(str, numbers)), passage.captured - int(draw() * 900), draw)


def private_address(feed: SimulatedFeed, passage: Passage, draw: Draw) -> str:
    """An address of a private or local network, said to come from a provider out on the network."""
    ip = pick(draw, _PRIVATE)
    ip += "".join(f".{int(draw() * 250) + 1}" for _ in range(3 - ip.count(".")))
    return _chained(passage, ip, passage.captured - int(draw() * 600), draw)


def helo_is_trap(feed: SimulatedFeed, passage: Passage, draw: Draw) -> str:
    """The client greets with the trap's own name; nothing below."""
    passage.helo = feed.trap_hosts[0]
    return ""


def copied_trap_hop(feed: SimulatedFeed, passage: Passage, draw: Draw) -> str:
    """A line that looks as if the trap itself had taken the message from somewhere else."""
    ip = network(draw, 4)
    helo = f"mail.{syllables(draw, 12)}.com"
    return postfix(feed.trap_hosts[0], ip, helo, helo, passage.recipient, passage.captured - int(draw() * 90), draw)


def provider_wrong_network(feed: SimulatedFeed, passage: Passage, draw: Draw) -> str:
    """A large provider's host name with an address far from that provider."""
    provider = pick(draw, PROVIDERS)
    host, ip = f"{pick(draw, ('mx', 'smtp', 'web', 'out'))}{int(draw() * 40)}.{provider}", network(draw, 4)
    passage.helo = f"{pick(draw, ('mail', 'smtp', 'mta'))}{int(draw() * 9)}.{provider}"
    when = header_date(passage.captured - int(draw() * 400), -480)
    return f"Received: from {host} ({host} [{ip}])\n\tby {passage.helo} with ESMTP id {digits(draw, 10)};\n\t{when}\n"


def future_time(feed: SimulatedFeed, passage: Passage, draw: Draw) -> str:
    """A line dated hours to years after the trap took the message."""
    return _chained(passage, network(draw, 4), passage.captured + pick(draw, (5, 30, 400, 3000)) * DAY // 4, draw)


def garbage_line(feed: SimulatedFeed, passage: Passage, draw: Draw) -> str:
    """Words that no mail server writes."""
    return pick(
        draw,
        (
            f"Received: from {letters(draw, 7)}{int(draw() * 99)} by {letters(draw, 9)} ({digits(draw, 6)})\n",
            f"Received: {letters(draw, 5)} {letters(draw, 8)} {letters(draw, 4)};\n",
            f"Received: from [{network(draw, 4)}] via {syllables(draw, 6)} SMTP{int(draw() * 99)} %RND_TEXT%\n",
            f"Received: by {network(draw, 4)} with HTTP/{digits(draw, 3, 10)} %RND_FROM_TIME; %DATE_TIME\n",
        ),
    )


def helo_is_address(feed: SimulatedFeed, passage: Passage, draw: Draw) -> str:
    """The client greets with an address of somebody else, in the hope that it is taken for its own."""
    passage.helo = pick(draw, ("[%s]", "%s", "pc[%s]")) % network(draw, 4)
    return ""


def reverse_name_is_trap(feed: SimulatedFeed, passage: Passage, draw: Draw) -> str:
    """The client's reverse name is the trap's, and a copied line of the trap follows.

    Postfix looks whether the name leads back to the address, and writes `unknown`.
    """
    name = pick(draw, (feed.trap_hosts[0], "localhost"))
    passage.client_name = "" if feed.mail_server == "postfix" else name
    return copied_trap_hop(feed, passage, draw)


def missing(feed: SimulatedFeed, passage: Passage, draw: Draw) -> str:
    """Nothing: the message came through an open proxy, which writes no line, so the true origin is not told at all."""
    return ""


FORGERIES: dict[str, Forgery] = {
    "time_backwards": time_backwards,
    "chain_broken": chain_broken,
    "impossible_address": impossible_address,
    "private_address": private_address,
    "helo_is_trap": helo_is_trap,
    "copied_trap_hop": copied_trap_hop,
    "provider_wrong_network": provider_wrong_network,
    "future_time": future_time,
    "garbage_line": garbage_line,
    "helo_is_address": helo_is_address,
    "reverse_name_is_trap": reverse_name_is_trap,
    "missing": missing,
}
"""Kinds of forged hops. A forgery returns the lines below the trap's; it may change what the client says in HELO."""
