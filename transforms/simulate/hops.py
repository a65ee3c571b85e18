"""Received lines: the trap's own in the dialects of four mail servers, and those of honest relays below them."""

from __future__ import annotations

from dataclasses import dataclass

from transforms.simulate.chance import Draw, pick
from transforms.simulate.clock import header_date, padded_date, plain_date
from transforms.simulate.mailers import digits
from transforms.simulate.scenario import SimulatedFeed

_QUEUE_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


@dataclass(slots=True)
class Passage:
    """How one message came to the trap: who handed it over, when, for whom, from whom."""

    captured: int
    client_ip: str
    client_name: str
    helo: str
    recipient: str
    sender: str


def trap_fields(feed: SimulatedFeed, passage: Passage, draw: Draw) -> str:
    """The fields that the trap's hosts put on top: delivery fields and their Received lines, the newest first.

    The topmost line bears `passage.captured`, each one below a second or so less.
    """
    write = _SERVERS[feed.mail_server]
    outer, *inner = feed.trap_hosts
    when = passage.captured - len(inner)
    lines = write(outer, passage.client_ip, passage.client_name, passage.helo, passage.recipient, when, draw)
    previous = outer
    for step, host in enumerate(inner, 1):
        inside = f"10.20.{step}.5"
        lines = write(host, inside, previous, previous, passage.recipient, when + step, draw) + lines
        previous = host
    return _delivery_fields(feed.mail_server, passage) + lines


def _delivery_fields(server: str, passage: Passage) -> str:
    if server == "exim":
        when = header_date(passage.captured)
        return f"Return-path: <{passage.sender}>\nEnvelope-to: {passage.recipient}\nDelivery-date: {when}\n"
    fields = f"Return-Path: <{passage.sender}>\n"
    if server == "postfix":
        fields += f"X-Original-To: {passage.recipient}\n"
    return fields if server == "sendmail" else f"{fields}Delivered-To: {passage.recipient}\n"


def postfix(host: str, ip: str, name: str, helo: str, to: str, when: int, draw: Draw, zone: int = 0) -> str:
    """A Received line as Postfix writes it."""
    mark = f" ({_ZONE_NAMES[zone]})" if zone in _ZONE_NAMES else ""
    return (
        f"Received: from {helo} ({name or 'unknown'} [{ip}])\n\tby {host} (Postfix) with {_protocol(draw)} id "
        f"{digits(draw, 10).upper()}\n\tfor <{to}>; {padded_date(when, zone)}{mark}\n"
    )


def sendmail(host: str, ip: str, name: str, helo: str, to: str, when: int, draw: Draw, zone: int = -300) -> str:
    """A Received line as Sendmail writes it."""
    seen = f"{name} [{ip}]" if name else f"[{ip}]"
    queue = f"{pick(draw, _QUEUE_LETTERS)}{digits(draw, 7).upper()}{digits(draw, 6, 10)}"
    return (
        f"Received: from {helo} ({seen})\n\tby {host} (8.12.10/8.12.10) with {_protocol(draw)} id {queue}\n"
        f"\tfor <{to}>; {header_date(when, zone)}\n"
    )


def exim(host: str, ip: str, name: str, helo: str, to: str, when: int, draw: Draw, zone: int = 0) -> str:
    """A Received line as Exim writes it."""
    seen = f"{name} ([{ip}] helo={helo})" if name else f"[{ip}] (helo={helo})"
    queue = f"1{digits(draw, 5).upper()}-000{digits(draw, 3)}-{digits(draw, 2).upper()}"
    return (
        f"Received: from {seen}\n\tby {host} with {_protocol(draw).lower()} (Exim 4.34)\n\tid {queue}\n"
        f"\tfor {to}; {header_date(when, zone)}\n"
    )


def qmail(host: str, ip: str, name: str, helo: str, to: str, when: int, draw: Draw, zone: int = 0) -> str:
    """The two Received lines that qmail writes: its own queueing, and the transfer."""
    date = plain_date(when)
    return (
        f"Received: (qmail {int(draw() * 32000) + 200} invoked from network); {date}\n"
        f"Received: from {name or 'unknown'} (HELO {helo}) ({ip})\n  by {host} with SMTP; {date}\n"
    )


_SERVERS = {"postfix": postfix, "sendmail": sendmail, "exim": exim, "qmail": qmail}
_ZONE_NAMES = {0: "UTC", -300: "EST", 60: "CET", -480: "PST"}
_RELAY_DIALECTS = (postfix, postfix, sendmail, exim, qmail)


def relay_line(host: str, passage: Passage, ip: str, name: str, delay: int, draw: Draw) -> str:
    """The line of an honest relay (an access provider's mail host) that took the message `delay` seconds earlier."""
    write = pick(draw, _RELAY_DIALECTS)
    helo = pick(draw, (name, f"[{ip}]", passage.helo, "localhost", "pc" + digits(draw, 4)))
    zone = pick(draw, (0, -300, 60, -480, 120, 480))
    return write(host, ip, name, helo, passage.recipient, passage.captured - delay, draw, zone)


def _protocol(draw: Draw) -> str:
    return "ESMTP" if draw() < 0.55 else "SMTP"
