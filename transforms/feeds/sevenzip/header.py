"""The header of a 7z archive: which files lie in which compressed folders (7zFormat.txt of the LZMA SDK)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from transforms.feeds.limits import Budget
from transforms.feeds.sevenzip.cursor import Cursor, malformed

SIGNATURE_BYTES = 32
_END, _HEADER, _PROPERTIES, _ADDITIONAL_STREAMS, _MAIN_STREAMS, _FILES = range(6)
_PACK_INFO, _UNPACK_INFO, _SUBSTREAMS, _SIZE, _CRC, _FOLDER, _UNPACK_SIZE, _COUNTS = range(6, 14)
_EMPTY_STREAM, _EMPTY_FILE, _NAMES = 0x0E, 0x0F, 0x11

Method = tuple[bytes, bytes]
"""Identifier and properties of a coder."""


@dataclass
class Folder:
    """A compressed run of bytes that holds one file or several: how it is coded, where it lies, what it holds."""

    methods: list[Method]
    packed_streams: int
    unpacked_bytes: int = 0
    crc: int | None = None
    offset: int = 0
    packed_bytes: int = 0
    files: list[tuple[int, int | None]] = field(default_factory=list)
    """Size and checksum of each file in the folder."""


def read_header(cursor: Cursor, budget: Budget) -> tuple[list[Folder], list[tuple[str, bool]]]:
    """The compressed folders of an archive, and its files in order: name, and whether it has bytes in a folder.

    Raises `Broken`.
    """
    cursor.expect(_HEADER)
    folders: list[Folder] = []
    while (kind := cursor.byte()) != _END:
        if kind == _MAIN_STREAMS:
            folders = read_streams(cursor)
        elif kind == _FILES:
            return folders, _read_files(cursor, budget)
        elif kind == _ADDITIONAL_STREAMS:
            read_streams(cursor)
        elif kind == _PROPERTIES:
            while cursor.byte() != _END:
                cursor.take(cursor.number())
        else:
            raise malformed("an unknown part")
    return folders, []


def read_streams(cursor: Cursor) -> list[Folder]:
    """The compressed folders that a StreamsInfo structure describes; raises `Broken`."""
    offset, sizes, folders = 0, [], []
    while (kind := cursor.byte()) != _END:
        if kind == _PACK_INFO:
            offset, sizes = _read_pack_info(cursor)
        elif kind == _UNPACK_INFO:
            folders = _read_folders(cursor)
        elif kind == _SUBSTREAMS:
            _read_substreams(cursor, folders)
        else:
            raise malformed("an unknown part of the streams")
    _place(folders, SIGNATURE_BYTES + offset, sizes)
    return folders


def _read_pack_info(cursor: Cursor) -> tuple[int, list[int]]:
    offset, count, sizes = cursor.number(), cursor.count(), []
    while (kind := cursor.byte()) != _END:
        if kind == _SIZE:
            sizes = [cursor.number() for _ in range(count)]
        elif kind == _CRC:
            cursor.crcs(count)
        else:
            raise malformed("an unknown part of the packed streams")
    return offset, sizes


def _read_folders(cursor: Cursor) -> list[Folder]:
    cursor.expect(_FOLDER)
    count = cursor.count()
    cursor.expect(0)  # the description lies here, not in another stream
    described = [_read_folder(cursor) for _ in range(count)]
    cursor.expect(_UNPACK_SIZE)
    for folder, outputs, main in described:
        folder.unpacked_bytes = [cursor.number() for _ in range(outputs)][main]
    folders = [folder for folder, _, _ in described]
    while (kind := cursor.byte()) != _END:
        if kind != _CRC:
            raise malformed("an unknown part of the folders")
        for folder, crc in zip(folders, cursor.crcs(count), strict=True):
            folder.crc = crc
    for folder in folders:
        folder.files = [(folder.unpacked_bytes, folder.crc)]
    return folders


def _read_folder(cursor: Cursor) -> tuple[Folder, int, int]:
    """A folder, how many outputs its coders have, and which of them gives the files."""
    methods, inputs, outputs = [], 0, 0
    for _ in range(_few(cursor)):
        flags = cursor.byte()
        method = cursor.take(flags & 0x0F)
        is_complex, has_properties = flags & 0x10, flags & 0x20
        inputs += _few(cursor) if is_complex else 1
        outputs += _few(cursor) if is_complex else 1
        methods.append((method, cursor.take(cursor.number()) if has_properties else b""))
    bound = outputs - 1
    packed_streams = inputs - bound
    if bound < 0 or packed_streams < 1:
        raise malformed("a folder without streams")
    bindings = {cursor.number(): cursor.number() for _ in range(bound)}
    for _ in range(packed_streams if packed_streams > 1 else 0):
        cursor.number()
    main = next((output for output in range(outputs) if output not in bindings.values()), 0)
    is_chain = inputs == outputs == len(methods)
    return Folder(_in_chain(methods, bindings, main) if is_chain else methods, packed_streams), outputs, main


def _few(cursor: Cursor) -> int:
    """A number of coders, or of their ends: the format allows no more than 32."""
    count = cursor.number()
    if count > 32:
        raise malformed("too many coders")
    return count


def _in_chain(methods: list[Method], bindings: dict[int, int], main: int) -> list[Method]:
    """Coders with one input and one output each, from the one that gives the files to the one that takes packed bytes.

    `bindings` tells for an input which output feeds it.
    """
    chain, coder = [], main
    while coder < len(methods) and len(chain) < len(methods):
        chain.append(methods[coder])
        coder = bindings.get(coder, len(methods))
    return chain


def _read_substreams(cursor: Cursor, folders: list[Folder]) -> None:
    counts = [1] * len(folders)
    kind = cursor.byte()
    if kind == _COUNTS:
        counts = [cursor.count() for _ in folders]
        kind = cursor.byte()
    sizes = [_split(cursor, folder, count, kind == _SIZE) for folder, count in zip(folders, counts, strict=True)]
    if kind == _SIZE:
        kind = cursor.byte()
    unknown = sum(count for folder, count in zip(folders, counts, strict=True) if count != 1 or folder.crc is None)
    crcs = iter(())
    while kind != _END:
        if kind != _CRC:
            raise malformed("an unknown part of the files' streams")
        crcs = iter(cursor.crcs(unknown))
        kind = cursor.byte()
    for folder, folder_sizes in zip(folders, sizes, strict=True):
        is_known = len(folder_sizes) == 1 and folder.crc is not None
        folder.files = [(size, folder.crc if is_known else next(crcs, None)) for size in folder_sizes]


def _split(cursor: Cursor, folder: Folder, count: int, has_sizes: bool) -> list[int]:
    """The sizes of a folder's files: the last one is what the others leave."""
    if count == 0:
        return []
    sizes = [cursor.number() for _ in range(count - 1)] if has_sizes else []
    last = folder.unpacked_bytes - sum(sizes)
    if last < 0 or len(sizes) != count - 1:
        raise malformed("files that do not fit into their folder")
    return [*sizes, last]


def _place(folders: list[Folder], offset: int, sizes: list[int]) -> None:
    at = 0
    for folder in folders:
        packed = sizes[at : at + folder.packed_streams]
        if len(packed) < folder.packed_streams:
            raise malformed("fewer packed streams than the folders need")
        folder.offset, folder.packed_bytes = offset, sum(packed)
        offset += folder.packed_bytes
        at += folder.packed_streams


def _read_files(cursor: Cursor, budget: Budget) -> list[tuple[str, bool]]:
    count = cursor.count()
    budget.count_entry(count)
    names, is_empty, empty_files = [""] * count, [False] * count, []
    while (kind := cursor.byte()) != _END:
        part = Cursor(cursor.take(cursor.number()))
        if kind == _EMPTY_STREAM:
            is_empty = part.bits(count)
        elif kind == _EMPTY_FILE:
            empty_files = part.bits(sum(is_empty))
        elif kind == _NAMES:
            part.expect(0)  # the names lie here, not in another stream
            names = part.rest().decode("utf-16-le", "replace").split("\0")[:count]
    if len(names) < count:
        raise malformed("files without names")
    return list(_without_directories(names, is_empty, empty_files))


def _without_directories(names: list[str], is_empty: list[bool], empty_files: list[bool]) -> Iterator[tuple[str, bool]]:
    """Entries without bytes are directories, unless a second row of flags calls them empty files."""
    is_file = iter(empty_files)
    for name, empty in zip(names, is_empty, strict=True):
        if not empty or next(is_file, False):
            yield name, not empty
