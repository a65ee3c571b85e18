"""The one structure that both parsers fill, and from which all facts are computed."""

from __future__ import annotations

from dataclasses import dataclass, field

Field = tuple[str, str]
"""A header field: its name in lower case and its value, unfolded and in Unicode, encoded words still encoded."""


class Irregular(Exception):
    """The fast parser met something that it is not sure to read right."""


@dataclass(slots=True)
class Part:
    """One leaf of the MIME tree, or an enclosed message.

    `payload` is free of its transfer encoding; line ends are LF unless they were encoded. `alternative` numbers the
    outermost multipart/alternative around the part (0: none), so that one rendering of it is chosen. `depth` counts
    the enclosed messages around it.
    """

    content_type: str
    parameters: dict[str, str]
    disposition: str
    filename: str | None
    content_id: str | None
    payload: bytes
    alternative: int = 0
    depth: int = 0

    @property
    def is_message(self) -> bool:
        """An enclosed message; its own parts follow it in the list."""
        return self.content_type in ("message/rfc822", "message/global")


@dataclass(slots=True)
class Mail:
    """A message taken apart: header fields in their order, leaves in theirs, and what was repaired on the way."""

    fields: list[Field]
    content_type: str
    parts: list[Part]
    part_count: int
    parser: str
    defects: set[str] = field(default_factory=set)
    first: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.first = dict(reversed(self.fields))

    def all(self, name: str) -> list[str]:
        """The values of every field of that name (lower case), from the top."""
        return [value for field_name, value in self.fields if field_name == name]
