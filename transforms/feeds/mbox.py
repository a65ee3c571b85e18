"""Messages out of an mbox, or out of a file that holds one message: streamed, byte for byte, in flat memory."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.feeds.envelope import LINE_BYTES, Envelope, parse_envelope
from transforms.feeds.raw import BrokenPlace, RawMessage
from transforms.feeds.stream import Broken, Stream

_SEPARATOR = b"\nFrom "
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


class _Draft:
    """A message that is being put together: its first `limit` bytes are kept, the rest is only counted."""

    def __init__(self, offset: int, limit: int, envelope: Envelope | None = None) -> None:
        self.offset = offset
        self.end = offset + (envelope.line_bytes if envelope else 0)
        self._envelope = envelope
        self._room = limit
        self._is_cut = False
        self._parts: list[bytes] = []

    def add(self, piece: bytes) -> None:
        self.end += len(piece)
        self._is_cut = self._is_cut or len(piece) > self._room
        if self._room:
            self._parts.append(piece[: self._room])
            self._room -= len(self._parts[-1])

    def message(self, entry_name: str | None, is_mbox: bool) -> RawMessage:
        content = b"".join(self._parts)
        if is_mbox and not self._is_cut:  # a cut message keeps its length, by which it is known
            content = _unquoted(content)
        envelope = self._envelope
        return RawMessage(content, entry_name, self.offset, envelope and envelope.sender, envelope and envelope.at)

    @property
    def is_blank(self) -> bool:
        """Nothing but blank lines before the first envelope line."""
        return not self._envelope and not b"".join(self._parts).strip()


def read_mbox(stream: Stream, entry_name: str | None, limit: int) -> Iterator[RawMessage | BrokenPlace]:
    """The messages of an mbox (mboxrd): without envelope line, separating blank line and `>` before `From `.

    A line starts a message only if it is a whole envelope line. What stands before the first one is a message of its
    own. `byte_offset` is that of the envelope line; content beyond `limit` bytes is left out. Where the stream breaks
    off, the message in hand is the broken place.
    """
    draft = _Draft(0, limit)
    try:
        for piece in _split(stream):
            if isinstance(piece, bytes):
                draft.add(piece)
                continue
            if not draft.is_blank:
                yield draft.message(entry_name, is_mbox=True)
            draft = _Draft(draft.end, limit, piece)
    except Broken as broken:
        if not broken.is_cut and not draft.is_blank:
            yield draft.message(entry_name, is_mbox=True)
        yield from report(broken, entry_name, draft.offset)
    else:
        if not draft.is_blank:
            yield draft.message(entry_name, is_mbox=True)


def read_single(stream: Stream, entry_name: str | None, limit: int) -> Iterator[RawMessage | BrokenPlace]:
    """The one message that the stream is, without the envelope line that some collections leave on top."""
    line, line_end, _ = stream.peek(LINE_BYTES + 1).partition(b"\n")
    envelope = parse_envelope(line) if line_end else None
    if envelope:
        stream.skip(envelope.line_bytes)
    draft = _Draft(0, limit, envelope)
    try:
        while piece := stream.read():
            draft.add(piece)
    except Broken as broken:
        if not broken.is_cut:
            yield draft.message(entry_name, is_mbox=False)
        yield from report(broken, entry_name)
    else:
        yield draft.message(entry_name, is_mbox=False)


def report(broken: Broken, entry_name: str | None, byte_offset: int = 0) -> Iterator[BrokenPlace]:
    """The broken place, unless another layer has reported it."""
    if not broken.is_reported:
        broken.is_reported = True
        yield BrokenPlace(broken.reason, broken.detail, entry_name, byte_offset)


def _split(stream: Stream) -> Iterator[bytes | Envelope]:
    """Envelopes where a message starts, and the bytes between them in pieces, in order.

    `held` is what the next read may complete to a separator. The line feed before the first line is ours.
    """
    held, begin = b"\n", 1
    while True:
        try:
            data = stream.read()
        except Broken:
            yield held[begin:]
            raise
        buffer = held + data
        at = scan = 0
        while (at := buffer.find(_SEPARATOR, scan)) >= 0:
            end = buffer.find(b"\n", at + 1, at + LINE_BYTES + 2)
            if end < 0 and len(buffer) < at + LINE_BYTES + 2:
                if data:
                    break
                end = len(buffer)
            envelope = parse_envelope(buffer[at + 1 : end]) if end >= 0 else None
            if envelope:
                if at >= begin:
                    yield buffer[begin : at + 1]
                yield envelope
                begin = end + 1
            scan = end if envelope else at + 1
        if not data:
            if begin < len(buffer):
                yield buffer[begin:]
            return
        keep = at if at >= 0 else max(len(buffer) - len(_SEPARATOR) + 1, scan)
        if keep > begin:
            yield buffer[begin:keep]
        held, begin = buffer[keep:], max(begin - keep, 0)


def _unquoted(content: bytes) -> bytes:
    """A message as it was before it was put into the mbox: without its closing blank line and the added `>`."""
    if content.endswith(b"\r\n\r\n"):
        content = content[:-2]
    elif content.endswith(b"\n\n"):
        content = content[:-1]
    return _QUOTED.sub(rb"\1", content) if b">From " in content else content
