"""The fast parser: mail that keeps the rules, read without a second look. Anything else is `Irregular`."""

from __future__ import annotations

import re

from transforms.message.limits import HEADER_BYTES, HEADER_FIELDS, PARTS
from transforms.message.parameters import MEDIA_TYPE, Parameters, read_parameters
from transforms.message.parts import Field, Irregular, Mail
from transforms.message.transfer import decode_strictly
from transforms.message.walk import Span, Walk

_NAME = r"(?:[A-Za-z0-9_$]|-(?!-))[!-9;-~]*+"
_HEADER = re.compile(rf"(?:{_NAME}:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)*+")
_FIELD = re.compile(rf"({_NAME}):[ \t]*+([^\n]*+(?:\n[ \t][^\n]*+)*+)\n")


def read_strictly(content: bytes) -> Mail:
    """Take a well-formed message apart; raises `Irregular` for one that is not."""
    data = content.replace(b"\r\n", b"\n") if b"\r" in content else content
    if b"\r" in data or b"\0" in data:
        raise Irregular("bare CR or NUL")
    walk = StrictWalk(data)
    fields, content_type = walk.root()
    if not fields:
        raise Irregular("no header")
    return Mail(fields, content_type, walk.parts, walk.count, "fast", walk.defects)


class StrictWalk(Walk):
    """Gives up at the first irregularity."""

    def trouble(self, defect: str) -> None:
        """Leave it to the tolerant parser."""
        raise Irregular(defect)

    def header(self, start: int, end: int) -> tuple[list[Field], int]:
        """Fields by the rules, in ASCII."""
        if self.data.startswith(b"\n", start) and start < end:
            return [], start + 1
        stop = self.data.find(b"\n\n", start, end)
        body = end if stop < 0 else stop + 2
        if stop < 0:
            stop = end
        if stop - start > HEADER_BYTES:
            raise Irregular("header size")
        try:
            block = self.data[start:stop].decode("ascii").removesuffix("\n") + "\n"
        except UnicodeDecodeError:
            raise Irregular("header beyond ASCII") from None
        if "\x1b" in block:
            raise Irregular("header in ISO 2022")
        if not _HEADER.fullmatch(block):
            raise Irregular("header line")
        fields = [
            (name.lower(), value.replace("\n", "") if "\n" in value else value) for name, value in _FIELD.findall(block)
        ]
        if len(fields) > HEADER_FIELDS:
            raise Irregular("header fields")
        return fields, body

    def bodies(self, start: int, end: int, boundary: str | None) -> list[Span]:
        """Every delimiter line stands alone, and the closing one is there."""
        if not boundary:
            raise Irregular("boundary")
        data, mark = self.data, b"\n--" + boundary.encode()
        spans: list[Span] = []
        opened = 0
        at = data.find(mark, start - 1, end)
        while at >= 0:
            line_end = data.find(b"\n", at + len(mark), end)
            tail = data[at + len(mark) : end if line_end < 0 else line_end].rstrip(b" \t")
            if opened:
                spans.append((opened, max(opened, at)))
            if tail == b"--" and spans:
                return spans
            if tail or line_end < 0:
                break
            if len(spans) > PARTS:
                break
            opened = line_end + 1
            at = data.find(mark, line_end, end)
        raise Irregular("delimiter")

    def media_type(self, value: str | None, default: str) -> Parameters:
        """A type, a subtype, and regular parameters."""
        if value is None:
            return read_parameters(default)
        media = read_parameters(value)
        if not media.is_regular or not MEDIA_TYPE.fullmatch(media.value):
            raise Irregular("content type")
        return media

    def decode(self, content: bytes, encoding: str, is_text: bool) -> bytes:
        """Flawless content only."""
        return decode_strictly(content, encoding)
