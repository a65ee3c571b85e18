"""One file on its way over HTTP: kept in the inbox as far as it came, and checked when it is complete (RFC 9110)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import httpx

from transforms.fetch.arrival import SourceUnreachable
from transforms.fetch.inbox import finish, part_path
from transforms.fetch.timing import Pace

SIZE_LIMIT_BYTES = 64 << 30
"""No feed's file is larger; a source that sends without end is cut off here."""
_ALGORITHMS = {"sha-256": "sha256", "sha-512": "sha512", "sha": "sha1", "md5": "md5"}
_SIZE = re.compile(r"[0-9]{1,18}")
_RANGE = re.compile(r"bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18}|\*)")


class Mismatch(Exception):
    """The bytes that came are not those that the server announced."""


class Download:
    """A download that may have begun in an earlier attempt. After `receive`: `sha256` and `file_bytes` of the file."""

    def __init__(self, inbox: Path, name: str, shown_url: str) -> None:
        self._part = part_path(inbox, name)
        self._note = self._part.with_suffix(".json")
        self._shown_url = shown_url
        self._resumed: dict | None = None
        self.sha256 = ""
        self.file_bytes = 0

    def resume_headers(self) -> dict[str, str]:
        """Headers that ask for the rest of the same version; none when there is nothing to go on from."""
        try:
            note = json.loads(self._note.read_text("utf-8"))
            size = self._part.stat().st_size
        except (OSError, ValueError):
            return {}
        if note["url"] != self._shown_url or not size:
            return {}
        self._resumed = note
        return {"Range": f"bytes={size}-", "If-Range": note["version"]}

    def receive(self, response: httpx.Response, pace: Pace) -> Path:
        """Store the body, behind what is there if it is the rest; the path of the complete, checked file.

        Raises `Mismatch`, `TooSlow`, and `httpx.TransportError` when the connection breaks.
        """
        is_rest = response.status_code == 206
        total = self._check_range(response) if is_rest else _length(response)
        if total is not None:
            self._check_size(total)
        if not is_rest:
            self._start(response)
        with self._part.open("a+b") as file:
            digest = self._digest("sha256")
            for data in response.iter_raw():
                self._check_size(file.tell() + len(data))
                file.write(data)
                digest.update(data)
                pace.count(len(data))
            file.flush()
            self.file_bytes, self.sha256 = file.tell(), digest.hexdigest()
            self._verify(response, total)
            whole = finish(self._part, file)
        self._note.unlink(missing_ok=True)
        return whole

    def discard(self) -> None:
        """Forget what was downloaded so far."""
        self._note.unlink(missing_ok=True)
        self._part.unlink(missing_ok=True)

    def _start(self, response: httpx.Response) -> None:
        """A new file, with a note of its version if the server names one that a resumption can rely on."""
        self.discard()
        self._part.touch()
        said = _version(response)
        strong = [said["etag"]] if (said["etag"] or "").startswith('"') else []
        version = next((value for value in (*strong, said["modified"]) if value and is_sendable(value)), None)
        if version:
            note = {"url": self._shown_url, "version": version, **said, "total": _length(response)}
            self._note.write_text(json.dumps(note), "utf-8")

    def _check_range(self, response: httpx.Response) -> int | None:
        """Size of the whole file, if the server says it; raises `Mismatch` for what is not the rest of what is here."""
        match = _RANGE.fullmatch(response.headers.get("content-range", ""))
        if self._resumed is None:
            self._refuse("the server sends a part that was not asked for")
        if not match or int(match[1]) != self._part.stat().st_size:
            self._refuse("the server continues the download at the wrong place")
        total = None if match[2] == "*" else int(match[2])
        if _is_other(self._resumed, _version(response) | {"total": total}):
            self._refuse("the file changed while it was downloaded")
        return total

    def _refuse(self, why: str) -> NoReturn:
        self.discard()
        raise Mismatch(why)

    def _check_size(self, size: int) -> None:
        if size > SIZE_LIMIT_BYTES:
            self.discard()
            raise SourceUnreachable(f"{self._shown_url}: larger than {SIZE_LIMIT_BYTES:,} bytes; check the url")

    def _verify(self, response: httpx.Response, total: int | None) -> None:
        if total is not None and self.file_bytes != total:
            if self.file_bytes > total:
                self.discard()
            raise Mismatch(f"{self.file_bytes:,} bytes came instead of {total:,}")
        for algorithm, expected in _announced(response):
            if self._digest(algorithm).digest() != expected:
                self.discard()
                raise Mismatch(f"the {algorithm} checksum is not the one that the server announced")

    def _digest(self, algorithm: str):
        """The digest of what was stored so far."""
        with self._part.open("rb") as file:
            return hashlib.file_digest(file, algorithm)


def is_sendable(value: str) -> bool:
    """Whether a header's value can be sent back to the server that gave it."""
    return value.isascii() and value.isprintable()


def _version(response: httpx.Response) -> dict[str, str | None]:
    return {"etag": response.headers.get("etag"), "modified": response.headers.get("last-modified")}


def _is_other(stored: dict, said: dict) -> bool:
    """Whether what a server says now belongs to another version than what it said first; silence proves nothing."""
    if said["total"] and stored.get("total") and said["total"] != stored["total"]:
        return True
    known = [(stored.get(key), said[key]) for key in ("etag", "modified") if stored.get(key) and said[key]]
    return bool(known) and known[0][0] != known[0][1]


def _length(response: httpx.Response) -> int | None:
    value = response.headers.get("content-length", "")
    return int(value) if _SIZE.fullmatch(value) else None


def _announced(response: httpx.Response) -> Iterator[tuple[str, bytes]]:
    """Checksums of the whole file: Repr-Digest (RFC 9530), Digest (RFC 3230), and Content-MD5 of a whole body."""
    values = response.headers.get("repr-digest", "") + "," + response.headers.get("digest", "")
    if response.status_code == 200 and "content-md5" in response.headers:
        values += f",md5={response.headers['content-md5']}"
    for value in values.split(","):
        algorithm, _, encoded = value.strip().partition("=")
        if algorithm.lower() in _ALGORITHMS:
            try:
                yield _ALGORITHMS[algorithm.lower()], base64.b64decode(encoded.strip(":"), validate=True)
            except binascii.Error:
                continue
