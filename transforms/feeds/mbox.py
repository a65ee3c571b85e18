"""Messages out of an mbox, or out of a file that holds one message: streamed, byte for byte, in flat memory."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.feeds.envelope import BYTE_ORDER_MARK, LOOK_AHEAD, OPENING_BYTES, Envelope, envelope_at, find_opening
from transforms.feeds.raw import BrokenPlace, RawMessage
from transforms.feeds.stream import Broken, Stream

_SEPARATOR = b"\nFrom "
_LOOK_AHEAD = 1 + LOOK_AHEAD
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

    A line starts a message if it is a whole envelope line, wherever it stands: some writers (mail.local of BSD among
    them) leave no blank line before it. So a message whose body quotes a whole envelope line without `>` is split
    there. A line without a date that can be read starts one only between a blank line and a header field, with
    `envelope_at` empty. `Content-Length` is not believed: a sender may have written it.

    What stands before the first envelope line is a message of its own, unless it is a byte order mark or blank lines.
    `byte_offset` is that of the envelope line; content beyond `limit` bytes is left out. Where the stream breaks off,
    the message in hand is the broken place.
    """
    if stream.peek(len(BYTE_ORDER_MARK)) == BYTE_ORDER_MARK:
        stream.skip(len(BYTE_ORDER_MARK))
    draft = _Draft(stream.position, limit)
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
    start, envelope = find_opening(stream.peek(OPENING_BYTES)) or (0, None)
    if envelope:
        stream.skip(start + envelope.line_bytes)
    draft = _Draft(start, limit, envelope)
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

    `held` is what the next read may complete to a separator, and two bytes before it, which tell of a blank line;
    its first `begin` bytes are given out already. The line feeds before the first line are ours.
    """
    held, begin = b"\n\n", 2
    broken = None
    while True:
        try:
            data = stream.read()
        except Broken as error:
            data, broken = b"", error
        buffer = held + data
        scan = 0
        while (at := _find_separator(buffer, scan, is_last=not data)) >= 0:
            envelope = envelope_at(buffer, at + 1, is_complete=not data and not broken)
            scan = at + 1
            if envelope:
                if at >= begin:
                    yield buffer[begin:scan]
                yield envelope
                begin = scan + envelope.line_bytes
                scan = begin - 1
        keep = len(buffer) if not data else _first_open(buffer, scan)
        if keep > begin:
            yield buffer[begin:keep]
        if broken:
            raise broken
        if not data:
            return
        start = max(keep - 2, 0)
        held, begin = buffer[start:], max(begin, keep) - start


def _find_separator(buffer: bytes, scan: int, is_last: bool) -> int:
    """Where a line that may be an envelope follows, if all is there that tells; else -1."""
    at = buffer.find(_SEPARATOR, scan)
    return at if is_last or at + _LOOK_AHEAD <= len(buffer) else -1


def _first_open(buffer: bytes, scan: int) -> int:
    """The first place from which on the next read may complete a separator."""
    at = buffer.find(_SEPARATOR, scan)
    return at if at >= 0 else max(len(buffer) - len(_SEPARATOR) + 1, scan)


def _unquoted(content: bytes) -> bytes:
    """A message as it was before it was put into the mbox: without its closing blank line and the added `>`."""
    if content.endswith(b"\r\n\r\n"):
        content = content[:-2]
    elif content.endswith(b"\n\n"):
        content = content[:-1]
    return _QUOTED.sub(rb"\1", content) if b">From " in content else content
