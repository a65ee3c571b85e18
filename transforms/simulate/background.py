"""Mail that belongs to no campaign: newsletters, bounces, lists, receipts, letters; every text stands alone."""

from __future__ import annotations

from functools import cache

from transforms.simulate.chance import Draw, pick, stream
from transforms.simulate.clock import header_date
from transforms.simulate.copies import Copy
from transforms.simulate.grammar import Text, expand
from transforms.simulate.hops import Passage, relay_line, trap_fields
from transforms.simulate.indicators import network
from transforms.simulate.mailers import MAILERS, boundary, digits, header_block, message_id
from transforms.simulate.mime import Coding, multipart
from transforms.simulate.names import person, syllables
from transforms.simulate.phrases import background
from transforms.simulate.recipients import Recipient, choose
from transforms.simulate.scenario import SimulatedFeed

KINDS = ("letter", "letter", "newsletter", "newsletter", "list", "receipt", "bounce", "away")
_QUIET_MAILERS = tuple(m for m in MAILERS if not m.name.startswith(("bulk", "dark", "webmail")))


@cache
def _sentences(section: str) -> list[Text]:
    """The sentences of a section, with all choices left to the single message."""
    grammar = background()
    words = {
        name: "{" + "|".join(options.split()).replace("-", " ") + "}" for name, options in grammar["words"].items()
    }
    draw = stream("background", section).random
    return [Text(expand(s, draw, words.__getitem__, spin=1.0)) for s in grammar[section]]


def make_background(feed: SimulatedFeed, pool: list[Recipient], captured: int, draw: Draw) -> Copy:
    """One message of a kind, to one trap address, through the sender's own honest mail host."""
    recipient = pool[choose(pool, draw)]
    kind = pick(draw, KINDS)
    first, last = person(draw)
    host = f"{syllables(draw, 12)}.{pick(draw, ('com', 'org', 'net', 'edu', 'co.uk', 'de', 'ca'))}"
    sender = "" if kind == "bounce" else f"{first}.{last}@{host}".lower()
    ip = network(draw, 4)
    passage = Passage(captured, ip, f"mail.{host}", f"mail.{host}", recipient.address, sender)
    below = "" if draw() < 0.4 else relay_line(f"mail.{host}", passage, f"10.0.{int(draw() * 9)}.17", "", 2, draw)
    claimed = captured - int(draw() * 240)
    content, body = _body(kind, recipient, sender or f"postmaster@{host}", claimed, draw)
    fields = header_block(
        pick(draw, _QUIET_MAILERS),
        {
            "id": message_id(pick(draw, ("outlook", "mozilla", "sendmail", "php")), host, claimed, draw),
            "from": f"Mail Delivery System <MAILER-DAEMON@{host}>"
            if kind == "bounce"
            else f"{first} {last} <{sender}>",
            "to": f"To: {recipient.address}\n",
            "subject": _subject(kind, draw),
            "date": header_date(claimed, pick(draw, (-300, -480, 0, 60))),
            "reply": "",
            "content": content,
            "claimed_ip": ip,
        },
        draw,
    )
    head = trap_fields(feed, passage, draw) + below + fields + _list_fields(kind, host, draw) + "\n"
    return Copy(head.encode("ascii", "replace") + body, sender, captured, ip, ip, claimed=claimed)


def _values(recipient: Recipient, captured: int, draw: Draw) -> list[str]:
    serial = str(int(draw() * 9_000_000) + 1_000_000)
    link = f"http://www.{syllables(draw, 12)}.com/{syllables(draw, 6)}/{serial[:4]}.html"
    day = header_date(captured)[5:11].strip()
    facts = (recipient.address, recipient.local, recipient.first_name, serial)
    return [link, f"{link}?u", link, *facts, "", "", day, serial, ""]


def _text(section: str, count: int, values: list[str], draw: Draw) -> str:
    """Paragraphs of one to three sentences each."""
    bank, text = _sentences(section), ""
    for _ in range(count):
        text += pick(draw, bank).render(draw, values) + (" " if draw() < 0.6 else "\n\n")
    return text.rstrip() + "\n"


def _subject(kind: str, draw: Draw) -> str:
    values = [""] * 6 + [str(int(draw() * 900_000) + 100_000)] + [""] * 5
    return pick(draw, _sentences(f"{kind}_subject")).render(draw, values)


def _list_fields(kind: str, host: str, draw: Draw) -> str:
    if kind == "list":
        name = syllables(draw, 5)
        return f"Precedence: list\nList-Id: <{name}.{host}>\nList-Unsubscribe: <mailto:{name}-leave@{host}>\n"
    return "Precedence: bulk\n" if kind == "newsletter" and draw() < 0.6 else ""


def _body(kind: str, recipient: Recipient, sender: str, captured: int, draw: Draw) -> tuple[str, bytes]:
    values = _values(recipient, captured, draw)
    if kind == "bounce":
        return _bounce(recipient, sender, captured, values, draw)
    count = 4 + int(draw() * (26 if kind == "newsletter" else 9))
    text = _text("prose", count, values, draw)
    if kind == "receipt":
        text = pick(draw, _sentences("receipt")).render(draw, values) + "\n\n" + text
    if kind == "list":
        text = "".join(f"> {line}\n" for line in _text("prose", 2, values, draw).splitlines()) + "\n" + text
    text += pick(draw, _sentences("farewell")).render(draw, values) + "\n"
    coding = Coding("iso-8859-1", "iso-8859-1", pick(draw, ("7bit", "7bit", "quoted-printable")))
    if kind != "newsletter":
        return "MIME-Version: 1.0\n" + coding.fields("plain"), coding.body(text, False)
    mark = boundary("perl", captured, draw)
    html = "<html><body>\n<p>" + text.replace("\n\n", "</p>\n<p>") + "</p>\n</body></html>\n"
    parts = [(coding.fields("plain"), coding.body(text, False)), (coding.fields("html"), coding.body(html, True))]
    return f'MIME-Version: 1.0\nContent-Type: multipart/alternative;\n\tboundary="{mark}"\n', multipart(mark, parts)


def _bounce(recipient: Recipient, sender: str, captured: int, values: list[str], draw: Draw) -> tuple[str, bytes]:
    """A delivery report about a message that a spammer sent in the trap address's name."""
    lost = f"{syllables(draw, 6)}@{sender.rpartition('@')[2]}"
    mark = f"{digits(draw, 10).upper()}.{captured}/{sender.rpartition('@')[2]}"
    notice = (
        pick(draw, _sentences("bounce")).render(draw, values)
        + f"\n\n<{lost}>: {_text('bounce_reason', 1, values, draw)}"
    )
    status = (
        f"Reporting-MTA: dns; {sender.rpartition('@')[2]}\nArrival-Date: {header_date(captured - 5)}\n\n"
        f"Final-Recipient: rfc822; {lost}\nAction: failed\nStatus: 5.1.1\n"
    )
    head = f"From: {recipient.address}\nTo: {lost}\nSubject: {_subject('letter', draw)}\n\n"
    returned = head + _text("prose", 2, values, draw)
    parts = [
        ("Content-Description: Notification\nContent-Type: text/plain\n", notice.encode()),
        ("Content-Type: message/delivery-status\n", status.encode()),
        ("Content-Description: Undelivered Message\nContent-Type: message/rfc822\n", returned.encode()),
    ]
    fields = f'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status;\n\tboundary="{mark}"\n'
    return fields, multipart(mark, parts, "This is a MIME-encapsulated message.")
