"""A stream as a file that can be read from its end, as zip and 7z must be."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

from transforms.feeds.limits import Budget
from transforms.feeds.stream import Broken, Stream


@contextmanager
def spooled(stream: Stream, budget: Budget) -> Iterator[BinaryIO]:
    """The rest of the stream copied to a nameless temporary file, which is gone whatever happens.

    Raises `Broken` where the stream breaks off, and beyond `Limits.spool_bytes`; `OSError` when the folder for
    temporary files has no room: that is the machine's fault and not the content's, and may be tried again.
    """
    with _remedy_named():
        file = tempfile.TemporaryFile(prefix="spamledger-")  # noqa: SIM115
    try:
        _fill(file, stream, budget.limits.spool_bytes)
        yield file
    finally:
        with suppress(OSError):  # what could not be written is tried once more, and was reported
            file.close()


def _fill(file: BinaryIO, stream: Stream, limit: int) -> None:
    room = limit
    while data := stream.read():
        room -= len(data)
        if room < 0:
            raise Broken("archive_size_limit", f"an archive inside, of more than {limit:,} bytes")
        with _remedy_named():
            file.write(data)
    with _remedy_named():
        file.flush()


@contextmanager
def _remedy_named() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = f"an archive inside the container could not be copied to a temporary file ({error.strerror})"
        remedy = "free some space in the folder, or name a larger one in TMPDIR, and run again"
        raise OSError(error.errno, f"{what}: {remedy}", tempfile.tempdir) from error
