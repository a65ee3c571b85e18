"""The MIME tree, walked the same way by both parsers.

Works on offsets into one buffer, so that nesting copies nothing. What a parser does about trouble is its own affair:
the fast one gives up (`Irregular`), the tolerant one repairs and records.
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.message.encoded_words import decode_words
from transforms.message.limits import NESTING, PARTS
from transforms.message.parameters import Parameters, read_parameters
from transforms.message.parts import Field, Part

Span = tuple[int, int]
MESSAGE_TYPES = ("message/rfc822", "message/global")


class Walk:
    """Leaves of one message. A parser gives `trouble`, `header`, `bodies`, `media_type` and `decode`."""

    def __init__(self, data: bytes):
        self.data = data
        self.parts: list[Part] = []
        self.count = 0
        self.defects: set[str] = set()

    def trouble(self, defect: str) -> None:
        """Something is not by the rules: raise `Irregular`, or record the defect and return."""
        raise NotImplementedError

    def header(self, start: int, end: int) -> tuple[list[Field], int]:
        """The header fields from `start` on, and where the body begins."""
        raise NotImplementedError

    def bodies(self, start: int, end: int, boundary: str | None) -> Sequence[Span]:
        """The spans between a multipart's delimiter lines; none when it has none."""
        raise NotImplementedError

    def media_type(self, value: str | None, default: str) -> Parameters:
        """The media type and its parameters."""
        raise NotImplementedError

    def decode(self, content: bytes, encoding: str, is_text: bool) -> bytes:
        """Undo a Content-Transfer-Encoding."""
        raise NotImplementedError

    def root(self) -> tuple[list[Field], str]:
        """Walk the whole message; its header fields and its media type."""
        return self._entity(0, len(self.data), 0, "text/plain", 0, 0)

    def _entity(
        self, start: int, end: int, nesting: int, default: str, alternative: int, depth: int
    ) -> tuple[list[Field], str]:
        fields, body = self.header(start, end)
        first = dict(reversed(fields))
        media = self.media_type(first.get("content-type"), default)
        self.count += 1
        if media.value.startswith("multipart/"):
            if not alternative and media.value == "multipart/alternative":
                alternative = self.count
            if not self._multipart(media, body, end, nesting, alternative, depth):
                self._leaf(first, media._replace(value="text/plain"), body, end, nesting, alternative, depth)
        else:
            self._leaf(first, media, body, end, nesting, alternative, depth)
        return fields, media.value

    def _multipart(self, media: Parameters, body: int, end: int, nesting: int, alternative: int, depth: int) -> bool:
        """Walk the parts of a multipart; False when it has none and must be read as text."""
        if nesting >= NESTING:
            self.trouble("nesting_limit")
            return True
        spans = self.bodies(body, end, media.named.get("boundary"))
        default = "message/rfc822" if media.value == "multipart/digest" else "text/plain"
        for start, stop in spans:
            if self.count >= PARTS:
                self.trouble("part_limit")
                break
            self._entity(start, stop, nesting + 1, default, alternative, depth)
        return bool(spans)

    def _leaf(
        self,
        first: dict[str, str],
        media: Parameters,
        body: int,
        end: int,
        nesting: int,
        alternative: int,
        depth: int,
    ) -> None:
        encoding = first.get("content-transfer-encoding", "").strip().lower()
        payload = self.decode(self.data[body:end], encoding, media.value.startswith("text/"))
        disposition = read_parameters(first["content-disposition"]) if "content-disposition" in first else None
        filename = (disposition and disposition.named.get("filename")) or media.named.get("name")
        content_id = first.get("content-id", "").strip(" \t<>")
        self.parts.append(
            Part(
                media.value,
                media.named,
                disposition.value if disposition else "",
                decode_words(filename, self.defects) if filename else None,
                content_id or None,
                payload,
                alternative,
                depth,
            )
        )
        if media.value in MESSAGE_TYPES and payload.strip():
            self._enclosed(payload, nesting, depth)

    def _enclosed(self, payload: bytes, nesting: int, depth: int) -> None:
        """Walk the message inside a part; it counts as one level of nesting."""
        if nesting >= NESTING or self.count >= PARTS:
            self.trouble("nesting_limit" if nesting >= NESTING else "part_limit")
            return
        outer, self.data = self.data, payload
        try:
            self._entity(0, len(payload), nesting + 1, "text/plain", 0, depth + 1)
        finally:
            self.data = outer
