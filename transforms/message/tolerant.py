"""The tolerant parser: reads what is there, repairs what it can, and names every repair as a defect."""

from __future__ import annotations

import re

from transforms.message.header_block import read_header
from transforms.message.limits import PARTS
from transforms.message.parameters import MEDIA_TYPE, Parameters, read_parameters
from transforms.message.parts import Field, Mail
from transforms.message.transfer import decode_tolerantly
from transforms.message.walk import Span, Walk

_CR_RUN = re.compile(rb"\r+\n")
_GUESSED_BOUNDARY = re.compile(rb"^--([!-~]{1,200}(?=[ \t]*$)|[^\n]{1,100}(?=\nContent-))", re.M | re.I)
_ENCODING = re.compile(r"[\"']?([a-z0-9-]+)")
_MOST_DELIMITERS = 20 * PARTS
_FIRST_LINE_BYTES = 4 << 10


def read_tolerantly(content: bytes) -> Mail | None:
    """Take any message apart; None when it holds no header field at all."""
    walk = TolerantWalk(_with_line_feeds(content))
    if not walk.header(0, len(walk.data))[0]:
        return None
    if b"\0" in content:
        walk.trouble("nul_bytes")
    fields, content_type = walk.root()
    return Mail(fields, content_type, walk.parts, walk.count, "tolerant", walk.defects)


def _with_line_feeds(content: bytes) -> bytes:
    """CRLF, and runs of CR before LF, become LF; so does each CR where a message has no other line ends."""
    data = content.replace(b"\r\n", b"\n")
    if b"\r\n" in data:
        data = _CR_RUN.sub(b"\n", data)
    if b"\r" in data and b"\n" not in data[:_FIRST_LINE_BYTES]:
        data = data.replace(b"\r", b"\n")
    return data.lstrip(b"\n")


class TolerantWalk(Walk):
    """Records trouble and goes on."""

    def trouble(self, defect: str) -> None:
        """Remember it."""
        self.defects.add(defect)

    def header(self, start: int, end: int) -> tuple[list[Field], int]:
        """Fields between lines that are none."""
        return read_header(self.data, start, end, self.defects)

    def bodies(self, start: int, end: int, boundary: str | None) -> list[Span]:
        """The spans after delimiter lines, the last one up to the end when nothing closes it."""
        mark = self._mark(boundary, start, end)
        if mark is None:
            self.trouble("boundary_missing")
            return []
        spans: list[Span] = []
        opened = 0
        for at, line_end, is_closing in self._delimiters(mark, start, end):
            if opened:
                spans.append((opened, max(opened, at)))
            opened = line_end + 1
            if is_closing or len(spans) > PARTS:
                return spans
        self.trouble("boundary_unclosed" if opened else "boundary_missing")
        if opened and opened < end:
            spans.append((opened, end))
        return spans

    def _mark(self, boundary: str | None, start: int, end: int) -> bytes | None:
        """The delimiter; when no boundary is given, that of the first line that looks like one."""
        if boundary and boundary.strip():
            return b"\n--" + boundary.strip().encode("utf-8", "replace")
        guessed = _GUESSED_BOUNDARY.search(self.data, start, min(end, start + _FIRST_LINE_BYTES))
        if guessed is None:
            return None
        self.trouble("boundary_missing")
        return b"\n--" + guessed[1].rstrip()

    def _delimiters(self, mark: bytes, start: int, end: int):
        """Offset, end of line and kind of each delimiter line; a longer boundary with the same start is another's."""
        at = self.data.find(mark, max(start - 1, 0), end)
        for _ in range(_MOST_DELIMITERS):
            if at < 0:
                return
            after = at + len(mark)
            line_end = self.data.find(b"\n", after, end)
            line_end = end if line_end < 0 else line_end
            is_closing = self.data.startswith(b"--", after)
            if is_closing or not self.data[after : min(line_end, after + 200)].strip():
                yield at, line_end, is_closing
            at = self.data.find(mark, line_end, end)

    def media_type(self, value: str | None, default: str) -> Parameters:
        """The default when there is none that can be read."""
        if value is None:
            return read_parameters(default)
        media = read_parameters(value)
        if not media.is_regular:
            self.trouble("content_type_broken")
        if not MEDIA_TYPE.fullmatch(media.value):
            self.trouble("content_type_broken")
            return media._replace(value=self._nearest_type(media.value, default))
        return media

    @staticmethod
    def _nearest_type(value: str, default: str) -> str:
        """`text`, `html`, `text/html charset=…` and the like still tell what was meant."""
        found = MEDIA_TYPE.match(value)
        if found:
            return found[0]
        return "text/html" if value.startswith("html") or "text/html" in value else default

    def decode(self, content: bytes, encoding: str, is_text: bool) -> bytes:
        """As much as there is."""
        name = _ENCODING.match(encoding)
        return decode_tolerantly(content, name[1] if name else encoding, is_text, self.defects)
