"""Bodies: transfer encodings, MIME structures and encoded words, written out by hand as bulk mailers do."""

from __future__ import annotations

import re
from binascii import b2a_base64, b2a_qp
from dataclasses import dataclass

from transforms.simulate.pictures import Enclosure, base64_lines

STRUCTURES = ("plain", "html", "alternative", "related", "mixed")
ENCODINGS = ("7bit", "8bit", "quoted-printable", "base64")


@dataclass(frozen=True)
class Coding:
    """How a text becomes bytes: charset, the name it is declared under (may lie or be empty), transfer encoding."""

    charset: str
    declared: str
    encoding: str

    def body(self, text: str, is_html: bool) -> bytes:
        """The text in its charset and transfer encoding, ended by a line end."""
        raw = text.encode(self.charset, "xmlcharrefreplace" if is_html else "replace")
        if self.encoding == "base64":
            return base64_lines(raw)
        if self.encoding == "quoted-printable":
            raw = b2a_qp(raw, istext=True)
        return raw if raw.endswith(b"\n") else raw + b"\n"

    def fields(self, subtype: str, separator: str = "; ") -> str:
        """The Content-Type and Content-Transfer-Encoding fields of a text part."""
        charset = f'{separator}charset="{self.declared}"' if self.declared else ""
        encoding = f"Content-Transfer-Encoding: {self.encoding}\n" if self.encoding else ""
        return f"Content-Type: text/{subtype}{charset}\n{encoding}"


def multipart(boundary: str, parts: list[tuple[str, bytes]], preamble: str = "") -> bytes:
    """The body of a multipart: `parts` are pairs of header fields and body."""
    start = f"--{boundary}\n"
    pieces = [f"{preamble}\n\n".encode() if preamble else b""]
    for fields, body in parts:
        pieces += [f"{start}{fields}\n".encode("latin-1"), body, b"\n"]
    pieces.append(f"--{boundary}--\n".encode())
    return b"".join(pieces)


def enclosure_part(enclosure: Enclosure, stem: str, noise: bytes, content_id: str = "") -> tuple[str, bytes]:
    """Fields and body of an enclosed file, inline when it has a `content_id`."""
    name = f"{stem}.{enclosure.kind}"
    place = (
        f"Content-ID: <{content_id}>\n" if content_id else f'Content-Disposition: attachment;\n\tfilename="{name}"\n'
    )
    fields = f'Content-Type: {enclosure.media_type};\n\tname="{name}"\nContent-Transfer-Encoding: base64\n{place}'
    return fields, enclosure.encoded(noise)


def header_text(text: str, charset: str, style: str) -> str:
    """A header value: as it is when ASCII, else encoded words (`b`, `q`) or raw bytes (`raw`) as latin-1.

    `split` cuts the encoded words without regard to characters, as careless mailers do.
    """
    if text.isascii():
        return text
    if style == "raw":
        return text.encode(charset, "replace").decode("latin-1")
    if style == "split":
        raw = text.encode(charset, "replace")
        pieces = [raw[i : i + 15] for i in range(0, len(raw), 15)]
    else:
        pieces = [text[i : i + 24].encode(charset, "replace") for i in range(0, len(text), 24)]
    return "\n ".join([_encoded_word(piece, charset, style) for piece in pieces])


def _encoded_word(raw: bytes, charset: str, style: str) -> str:
    if style == "q":
        return f"=?{charset}?Q?{_Q_UNSAFE.sub(_q_escape, raw).decode()}?="
    return f"=?{charset}?B?{b2a_base64(raw, newline=False).decode()}?="


_Q_UNSAFE = re.compile(rb"[^A-Za-z0-9!*+/-]")


def _q_escape(found: re.Match[bytes]) -> bytes:
    return b"_" if found[0] == b" " else b"=%02X" % found[0][0]
