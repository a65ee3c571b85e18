"""A stream as a file that can be read from its end, as zip and 7z must be."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from transforms.feeds.limits import Budget
from transforms.feeds.stream import Broken, Stream


@contextmanager
def spooled(stream: Stream, budget: Budget) -> Iterator[BinaryIO]:
    """The rest of the stream copied to a nameless temporary file, which is gone whatever happens.

    Raises `Broken` where the stream breaks off, and beyond `Limits.spool_bytes`.
    """
    room = budget.limits.spool_bytes
    with tempfile.TemporaryFile(prefix="spamledger-") as file:
        while data := stream.read():
            room -= len(data)
            if room < 0:
                raise Broken(
                    "archive_size_limit", f"an archive inside, of more than {budget.limits.spool_bytes:,} bytes"
                )
            file.write(data)
        yield file
