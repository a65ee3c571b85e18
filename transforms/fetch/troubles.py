"""What a pull could not read: kept until all that can be pulled is."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from transforms.fetch.arrival import SourceUnreachable

_NAMED = 5
_FULL = (errno.ENOSPC, errno.EDQUOT)


class Troubles:
    """The troubles of one pull, in order. `count` says how many; the first few are named."""

    def __init__(self) -> None:
        self.count = 0
        self._named: list[str] = []

    @contextmanager
    def of(self, path: Path) -> Iterator[None]:
        """Note what goes wrong with a source file or folder, and go on behind the block; what is gone is none."""
        try:
            yield
        except SourceUnreachable as trouble:
            self._add(str(trouble))
        except OSError as error:
            self.note(error, path)

    def note(self, error: OSError, path: Path | None = None) -> None:
        """Note an error of the file that it names, or of `path`; a full disk is our own trouble and ends the pull."""
        if error.errno in _FULL:
            raise SourceUnreachable(f"{path} cannot be copied: {error.strerror}; make room in the lake's folder")
        if not isinstance(error, FileNotFoundError):
            self._add(f"{error.filename or path} cannot be read: {error.strerror}; check permissions")

    def tell(self) -> None:
        """Raise `SourceUnreachable` if there was any."""
        if self.count:
            more = f"; and {self.count - _NAMED:,} more" if self.count > _NAMED else ""
            raise SourceUnreachable("; ".join(self._named) + more)

    def _add(self, text: str) -> None:
        self.count += 1
        if self.count <= _NAMED:
            self._named.append(text)
