"""Programs that spam is sent with, known by the order and spelling of the header fields that they write.

A mailer's `fields` is a format: `%(to)s` stands for whole To and Cc fields, `%(content)s` for MIME-Version and the
Content fields, the others for single values.
"""

from __future__ import annotations

from dataclasses import dataclass

from transforms.simulate.chance import Draw, pick
from transforms.simulate.clock import stamp
from transforms.simulate.names import letters

_FIFTY_BITS = 16**12


@dataclass(frozen=True)
class Mailer:
    """One program: its header format, and the shapes of its message ids and boundaries."""

    name: str
    fields: str
    id_style: str
    boundary_style: str
    separator: str = "; "


def digits(draw: Draw, count: int, base: int = 16) -> str:
    """`count` random digits of `base` (10 or 16), lower case."""
    text = ""
    while len(text) < count:
        text += f"{int(draw() * _FIFTY_BITS):012x}" if base == 16 else f"{int(draw() * 10**12):012d}"
    return text[:count]


def message_id(style: str, host: str, epoch: int, draw: Draw) -> str:
    """A Message-ID without brackets, as the program (or what poses as it) makes it."""
    if style == "outlook":
        return f"{digits(draw, 12)}${digits(draw, 8)}${digits(draw, 8)}@{host}"
    if style == "capitals":
        return f"{letters(draw, 22).upper()}@{host}"
    if style == "bat":
        return f"{int(draw() * 9e8) + 10**8}.{stamp(epoch)}@{host}"
    if style == "sendmail":
        return f"{stamp(epoch)[:12]}.{digits(draw, 14)}@{host}"
    if style == "mozilla":
        return f"{digits(draw, 8).upper()}.{digits(draw, 7, 10)}@{host}"
    if style == "php":
        return f"{digits(draw, 32)}@{host}"
    return f"{letters(draw, 12)}@{host}"


def boundary(style: str, epoch: int, draw: Draw) -> str:
    """A MIME boundary in the program's shape."""
    if style == "outlook":
        return f"----=_NextPart_000_{digits(draw, 4).upper()}_{digits(draw, 8).upper()}.{digits(draw, 8).upper()}"
    if style == "digits":
        return f"--{digits(draw, 15, 10)}"
    if style == "mozilla":
        return f"------------{digits(draw, 24, 10)}"
    if style == "perl":
        return f"_----------=_{epoch}{digits(draw, 5, 10)}"
    if style == "php":
        return f"=_{digits(draw, 32)}"
    return f"{'-' * 4}{letters(draw, 10).upper()}"


_OE = (
    "%(reply)sFrom: %(from)s\n%(to)sSubject: %(subject)s\nDate: %(date)s\n%(content)s"
    "X-Priority: 3\nX-MSMail-Priority: Normal\nX-Mailer: Microsoft Outlook Express {0}\n"
    "X-MimeOLE: Produced By Microsoft MimeOLE V{0}\n"
)
_BUILDS = ("6.00.2800.1106", "6.00.2800.1158", "6.00.2900.2180", "5.50.4522.1200", "5.00.2615.200", "6.00.2600.0000")

MAILERS = (
    *(Mailer(f"oe-{b}", "Message-ID: <%(id)s>\n" + _OE.format(b), "outlook", "outlook", ";\n\t") for b in _BUILDS),
    *(
        Mailer(
            f"outlook-{build}",
            "%(reply)sFrom: %(from)s\n%(to)sSubject: %(subject)s\nDate: %(date)s\nMessage-ID: <%(id)s>\n%(content)s"
            f"X-Priority: 3 (Normal)\nX-MSMail-Priority: Normal\nX-Mailer: {build}\nImportance: Normal\n",
            "outlook",
            "outlook",
            ";\n\t",
        )
        for build in ("Microsoft Outlook, Build 10.0.2627", "Microsoft Outlook IMO, Build 9.0.2416 (9.0.2910.0)")
    ),
    Mailer(
        "bat",
        "Date: %(date)s\nFrom: %(from)s\nX-Mailer: The Bat! (v2.00.2) Personal\n%(reply)sX-Priority: 3 (Normal)\n"
        "Message-ID: <%(id)s>\n%(to)sSubject: %(subject)s\n%(content)s",
        "bat",
        "letters",
    ),
    Mailer(
        "mozilla",
        "Message-ID: <%(id)s>\nDate: %(date)s\nFrom: %(from)s\n%(reply)s"
        "User-Agent: Mozilla/5.0 (Windows; U; Windows NT 5.1; en-US; rv:1.7.3) Gecko/20040910\n"
        "X-Accept-Language: en-us, en\n%(content1)s%(to)sSubject: %(subject)s\n%(content2)s",
        "mozilla",
        "mozilla",
    ),
    Mailer(
        "eudora",
        "X-Mailer: QUALCOMM Windows Eudora Version 5.1\nMessage-Id: <%(id)s>\nDate: %(date)s\n%(to)s"
        "From: %(from)s\nSubject: %(subject)s\n%(reply)s%(content)s",
        "bat",
        "digits",
    ),
    Mailer(
        "cdo",
        "%(reply)sFrom: %(from)s\n%(to)sSubject: %(subject)s\nDate: %(date)s\nMessage-ID: <%(id)s>\n%(content)s"
        "X-Mailer: Microsoft CDO for Windows 2000\nContent-Class: urn:content-classes:message\n",
        "outlook",
        "outlook",
        ";\n\t",
    ),
    Mailer(
        "php",
        "%(to)sSubject: %(subject)s\nDate: %(date)s\nFrom: %(from)s\n%(reply)sMessage-ID: <%(id)s>\nX-Priority: 3\n"
        "X-Mailer: PHPMailer [version 1.72]\n%(content)s",
        "php",
        "php",
    ),
    Mailer(
        "perl",
        "%(content)sX-Mailer: MIME::Lite 3.01 (F2.72; T1.001; A1.62; B3.01; Q3.01)\nDate: %(date)s\n%(to)s"
        "From: %(from)s\n%(reply)sSubject: %(subject)s\nMessage-Id: <%(id)s>\n",
        "sendmail",
        "perl",
    ),
    Mailer(
        "webmail",
        "Message-ID: <%(id)s>\nX-Originating-IP: [%(claimed_ip)s]\nFrom: %(from)s\n%(reply)s%(to)s"
        "Subject: %(subject)s\nDate: %(date)s\n%(content)s",
        "capitals",
        "digits",
    ),
    Mailer(
        "bulk",
        "Message-Id: <%(id)s>\nFrom: %(from)s\n%(to)sSubject: %(subject)s\n%(reply)sDate: %(date)s\n%(content)s",
        "letters",
        "letters",
    ),
    Mailer(
        "bulk-ip",
        "Message-ID: <%(id)s>\nFrom: %(from)s\n%(reply)s%(to)sSubject: %(subject)s\nDate: %(date)s\n%(content)s"
        "X-Priority: 3\nX-CS-IP: %(claimed_ip)s\n",
        "capitals",
        "digits",
    ),
    Mailer(
        "listbot",
        "Date: %(date)s\n%(to)sFrom: %(from)s\n%(reply)sSubject: %(subject)s\nMessage-ID: <%(id)s>\n"
        "Precedence: bulk\nX-Mailer: StormPost 1.0\nX-MailID: %(serial)s\n%(content)s",
        "php",
        "php",
    ),
    Mailer(
        "dark",
        "From: %(from)s\n%(to)sSubject: %(subject)s\nX-Mailer: diffondi cooperate 7.1\nDate: %(date)s\n%(content)s",
        "letters",
        "digits",
    ),
)
"""In no order of merit; a campaign or a whole ring keeps to one of them."""


def header_block(mailer: Mailer, values: dict[str, str], draw: Draw) -> str:
    """The fields that the sender's program writes, each ended by a line end."""
    content = values["content"]
    first, _, rest = content.partition("\n")
    return mailer.fields % {**values, "content1": first + "\n", "content2": rest, "serial": _serial(draw)}


def _serial(draw: Draw) -> str:
    return f"{int(draw() * 9_000_000) + 1_000_000}.{int(draw() * 99)}"


def reply_field(address: str, draw: Draw) -> str:
    """A Reply-To field, or nothing."""
    return f"Reply-To: {pick(draw, (address, f'<{address}>'))}\n" if address else ""
