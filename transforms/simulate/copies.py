"""One copy of a campaign: the message as the trap's mailbox holds it, and the truth about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from transforms.simulate.campaign import Campaign, Template
from transforms.simulate.chance import Draw, pick
from transforms.simulate.clock import DAY, header_date
from transforms.simulate.hops import Passage, trap_fields
from transforms.simulate.letterhead import claimed_date, from_field, make_sender, make_subject, to_fields
from transforms.simulate.mailers import boundary, header_block, message_id, reply_field
from transforms.simulate.mime import enclosure_part, multipart
from transforms.simulate.names import FIRST_NAMES
from transforms.simulate.recipients import Recipient, choose
from transforms.simulate.routes import below_the_trap, client_greeting, origin
from transforms.simulate.scenario import SimulatedFeed


@dataclass(slots=True)
class Copy:
    """A message and what is known about it; `raw` is the message without container quoting."""

    raw: bytes
    sender: str
    captured: int
    origin_ip: str
    client_ip: str
    campaign: Campaign | None = None
    template_id: str | None = None
    forged_hop_kind: str | None = None
    claimed: int | None = None
    defects: tuple[str, ...] = field(default=())


def make_copy(
    campaign: Campaign, feed: SimulatedFeed, pool: list[Recipient], captured: int, networks: dict[str, str], draw: Draw
) -> Copy:
    """One copy of `campaign`, captured by `feed` at `captured`; `networks` names the access provider of each /16."""
    template = pick(draw, campaign.templates)
    place = choose(pool, draw)
    recipient = pool[place]
    sender_host, sender, sender_name = make_sender(campaign, draw)
    origin_ip, origin_name = origin(campaign, networks, draw)
    passage = Passage(
        captured, origin_ip, origin_name, client_greeting(origin_name, recipient, draw), recipient.address, sender
    )
    below, forged = below_the_trap(campaign, feed, passage, networks, draw)
    values = _copy_values(campaign, recipient, captured, sender_host, draw)
    content, body = _content(campaign, template, values, captured, draw)
    claimed, date_text = claimed_date(campaign, captured, draw)
    fields = header_block(
        campaign.mailer,
        {
            "id": message_id(campaign.mailer.id_style, sender_host, claimed, draw),
            "from": from_field(sender_name, sender, campaign),
            "to": to_fields(campaign, pool, place, draw),
            "subject": make_subject(campaign, template, values, draw),
            "date": date_text,
            "reply": reply_field(campaign.reply_to, draw),
            "content": content,
            "claimed_ip": passage.client_ip if draw() < 0.3 else f"{int(draw() * 223) + 1}.{int(draw() * 255)}.7.9",
        },
        draw,
    )
    head = trap_fields(feed, passage, draw) + below + fields + "\n"
    return Copy(
        raw=head.encode("latin-1", "replace") + body,
        sender=sender,
        captured=captured,
        origin_ip=origin_ip,
        client_ip=passage.client_ip,
        campaign=campaign,
        template_id=template.template_id,
        forged_hop_kind=forged,
        claimed=claimed,
    )


def _copy_values(campaign: Campaign, recipient: Recipient, captured: int, host: str, draw: Draw) -> list[str]:
    """The values of a copy, in the order of `grammar.Value`."""
    day = captured // DAY
    link_host = campaign.link_style.host(campaign.domain_on(day, draw()), campaign.web_address, draw)
    link, optout, image = campaign.link_style.links(link_host, recipient)
    salad = _salad(campaign.salad, 7 + int(draw() * draw() * 120), draw) if campaign.salad else ""
    line = _salad(campaign.salad, 2, draw) if campaign.salad else ""
    first_name = recipient.first_name if draw() < 0.7 else pick(draw, FIRST_NAMES)
    serial = str(int(draw() * 9_000_000) + 1_000_000)
    weekday = header_date(captured)[5:11].strip()
    content_id = f"{serial}.{day}@{host}"
    return [
        *(link, optout, image, recipient.address, recipient.local, first_name, serial),
        *(salad, line, weekday, content_id, campaign.link_style.decoy_host),
    ]


def _salad(phrases: tuple[str, ...], count: int, draw: Draw) -> str:
    size = len(phrases)
    return " ".join([phrases[int(draw() * size)] for _ in range(count)])


def _content(campaign: Campaign, template: Template, values: list[str], captured: int, draw: Draw) -> tuple[str, bytes]:
    """The MIME fields and the body."""
    coding, structure, version = campaign.coding, campaign.structure, "MIME-Version: 1.0\n"
    separator = campaign.mailer.separator
    if structure == "plain":
        return version + coding.fields("plain", separator), coding.body(template.text.render(draw, values), False)
    if structure == "html":
        return version + coding.fields("html", separator), coding.body(template.html.render(draw, values), True)
    text = coding.body(template.text.render(draw, values), False) if template.text else b""
    html = coding.body(template.html.render(draw, values), True) if template.html else b""
    parts = []
    if text:
        parts.append((coding.fields("plain", separator), text))
    if html:
        parts.append((coding.fields("html", separator), html))
    kind = structure
    if campaign.enclosure:
        noise = f"{values[6]}{draw()}".encode()
        content_id = values[10] if structure == "related" else ""
        parts.append(enclosure_part(campaign.enclosure, campaign.enclosure_name, noise, content_id))
    mark = boundary(campaign.mailer.boundary_style, captured, draw)
    preamble = "This is a multi-part message in MIME format." if campaign.mailer.separator == ";\n\t" else ""
    fields = f'{version}Content-Type: multipart/{kind};\n\tboundary="{mark}"\n'
    return fields, multipart(mark, parts, preamble)
