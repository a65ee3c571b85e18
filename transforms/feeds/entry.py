"""What every archive reader yields."""

from __future__ import annotations

from dataclasses import dataclass

from transforms.feeds.stream import Stream


@dataclass
class Entry:
    """One entry of an archive: its name as it stands there, and its bytes, to be read before the next entry is taken.

    An entry that cannot be read has a stream that says so.
    """

    name: str
    stream: Stream


def printable(name: str) -> str:
    r"""A name made fit to be shown: a label, with `\xNN` for what has no glyph, cut at 255 characters."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name[:255])
