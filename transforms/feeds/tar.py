"""tar archives read as a stream: ustar, GNU and PAX; a damaged header costs its own entry, not those behind it.

The standard library's reader loads the headers that carry a long name whole, whatever size they announce, and ends
at the first damaged one: hence our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.feeds.entry import Entry
from transforms.feeds.limits import Budget
from transforms.feeds.magic import is_tar_header
from transforms.feeds.stream import CHUNK, Broken, Stream

BLOCK = 512
HEADER_BYTES = 1 << 20
"""Longest extended header that is believed."""
_UNREADABLE = {
    b"1": "a hard link",
    b"2": "a symbolic link",
    b"3": "a device",
    b"4": "a device",
    b"6": "a pipe",
    b"M": "the continuation of a file on another volume",
    b"S": "a sparse file",
}
_PAX_RECORD = re.compile(rb"(\d{1,7}) ([^=\n]+)=")


def read_tar(stream: Stream, budget: Budget) -> Iterator[Entry]:
    """The files of a tar, in order; folders are passed over.

    Raises `Broken` where the archive breaks off, which is also where its end mark is missing.
    """
    extended: dict[str, bytes] = {}
    is_ended = is_damaged = False
    while block := stream.read_exactly(BLOCK):
        if not block.strip(b"\0"):
            is_ended = True
        elif is_tar_header(block):
            is_ended = is_damaged = False
            if block[156:157] in b"LKxgV":
                extended |= _extension(stream, block)
            else:
                budget.count_entry()
                yield from _entry(stream, block, extended)
                extended = {}
        elif not is_damaged:
            is_damaged = True
            yield Entry("", Stream.failing("container_broken", "a damaged header: what follows is passed over"))
    if not is_ended:
        raise Broken("container_truncated", "the archive ends without its end mark")


def _entry(stream: Stream, header: bytes, extended: dict[str, bytes]) -> Iterator[Entry]:
    kind = header[156:157]
    name = (extended.get("path") or _name(header)).decode("utf-8", "replace")
    size = int(extended.get("size") or _number(header[124:136]))
    if kind == b"S":
        _skip_sparse_map(stream, header)
    end = stream.position + size
    cut = Broken("container_truncated", "the archive ends inside an entry")
    what = "a sparse file" if "sparse" in extended else _UNREADABLE.get(kind)
    if what:
        yield Entry(name, Stream.failing("archive_entry_broken", f"{what}, which holds no bytes to read"))
    elif kind not in b"5D" and not name.endswith("/"):
        yield Entry(name, Stream(_content(stream, size, cut)))
    stream.skip(end - stream.position)
    if stream.position < end:
        raise cut
    stream.skip(-size % BLOCK)


def _content(stream: Stream, size: int, cut: Broken) -> Iterator[bytes]:
    while size:
        data = stream.read(min(size, CHUNK))
        if not data:
            raise cut
        size -= len(data)
        yield data


def _extension(stream: Stream, header: bytes) -> dict[str, bytes]:
    """The name, size and sparseness that a header in front of an entry gives; one that is too long is ignored."""
    size = _number(header[124:136])
    if size > HEADER_BYTES:
        stream.skip(size + -size % BLOCK)
        return {}
    data = stream.read_exactly(size)
    stream.skip(-size % BLOCK)
    if header[156:157] == b"L":
        return {"path": data.rstrip(b"\0")}
    return _pax(data) if header[156:157] == b"x" else {}


def _pax(data: bytes) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    at = 0
    while match := _PAX_RECORD.match(data, at):
        end = at + int(match[1])
        key, value = match[2], data[match.end() : end - 1]
        if end <= match.end():
            break
        if key == b"path" or (key == b"size" and value.isdigit() and len(value) < 20):
            found[key.decode()] = value
        elif key.startswith(b"GNU.sparse."):
            found["sparse"] = value
        at = end
    return found


def _name(header: bytes) -> bytes:
    name = header[:100].split(b"\0", 1)[0]
    prefix = header[345:500].split(b"\0", 1)[0] if header[257:263] == b"ustar\0" else b""
    return prefix + b"/" + name if prefix else name


def _number(field: bytes) -> int:
    """A number in octal digits, or in base 256 where the first bit is set; 0 for nonsense."""
    if field[0] & 0x80:
        return int.from_bytes(field[1:], "big")
    digits = field.split(b"\0", 1)[0].strip()
    return int(digits, 8) if digits and not digits.strip(b"01234567") else 0


def _skip_sparse_map(stream: Stream, header: bytes) -> None:
    """Old GNU sparse files continue their map in blocks that their size does not count."""
    is_extended = header[482]
    while is_extended and (block := stream.read_exactly(BLOCK)):
        is_extended = len(block) == BLOCK and block[504]
