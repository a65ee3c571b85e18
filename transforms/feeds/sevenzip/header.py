"""The header of a 7z archive: which files lie in which compressed folders (7zFormat.txt of the LZMA SDK)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transforms.feeds.limits import Budget
from transforms.feeds.sevenzip.cursor import Cursor, malformed
from transforms.feeds.sevenzip.folder import Folder, read_coding

SIGNATURE_BYTES = 32
_END, _HEADER, _PROPERTIES, _ADDITIONAL_STREAMS, _MAIN_STREAMS, _FILES = range(6)
_PACK_INFO, _UNPACK_INFO, _SUBSTREAMS, _SIZE, _CRC, _FOLDER, _UNPACK_SIZE, _COUNTS = range(6, 14)
_EMPTY_STREAM, _EMPTY_FILE, _NAMES = 0x0E, 0x0F, 0x11


def read_header(cursor: Cursor, budget: Budget) -> tuple[list[Folder], list[tuple[str, bool]]]:
    """The compressed folders of an archive, and its files in order: name, and whether it has bytes in a folder.

    Raises `Broken`; before memory is taken for what the header counts, when that is more than `Limits.entries`.
    """
    cursor.expect(_HEADER)
    folders: list[Folder] = []
    for kind in cursor.parts():
        if kind == _MAIN_STREAMS:
            folders = read_streams(cursor, budget)
        elif kind == _FILES:
            return folders, _read_files(cursor, budget)
        elif kind == _ADDITIONAL_STREAMS:
            read_streams(cursor, budget)
        elif kind == _PROPERTIES:
            while cursor.byte() != _END:
                cursor.take(cursor.number())
        else:
            raise malformed("an unknown part")
    return folders, []


def read_streams(cursor: Cursor, budget: Budget) -> list[Folder]:
    """The compressed folders that a StreamsInfo structure describes; raises `Broken`."""
    offset, sizes, folders = 0, [], []
    for kind in cursor.parts():
        if kind == _PACK_INFO:
            offset, sizes = _read_pack_info(cursor, budget)
        elif kind == _UNPACK_INFO:
            folders = _read_folders(cursor, budget)
        elif kind == _SUBSTREAMS:
            _read_substreams(cursor, folders, budget)
        else:
            raise malformed("an unknown part of the streams")
    _place(folders, SIGNATURE_BYTES + offset, sizes)
    return folders


def _read_pack_info(cursor: Cursor, budget: Budget) -> tuple[int, list[int]]:
    offset, count, sizes = cursor.number(), _count(cursor, budget), []
    for kind in cursor.parts():
        if kind == _SIZE:
            sizes = [cursor.number() for _ in range(count)]
        elif kind == _CRC:
            cursor.crcs(count)
        else:
            raise malformed("an unknown part of the packed streams")
    return offset, sizes


def _read_folders(cursor: Cursor, budget: Budget) -> list[Folder]:
    cursor.expect(_FOLDER)
    count = _count(cursor, budget)
    cursor.expect(0)  # the description lies here, not in another stream
    folders, ends = _read_descriptions(cursor, count, budget)
    cursor.expect(_UNPACK_SIZE)
    for folder, (outputs, main) in zip(folders, ends, strict=True):
        folder.unpacked_bytes = [cursor.number() for _ in range(outputs)][main]
    for kind in cursor.parts():
        if kind != _CRC:
            raise malformed("an unknown part of the folders")
        for folder, crc in zip(folders, cursor.crcs(count), strict=True):
            folder.crc = crc
    return folders


def _read_descriptions(cursor: Cursor, count: int, budget: Budget) -> tuple[list[Folder], list[tuple[int, int]]]:
    """The folders, and for each how many outputs its coders have, and which of them gives the files."""
    folders, ends, output_count = [], [], 0
    for _ in range(count):
        start = cursor.position
        coding = read_coding(cursor)
        output_count += coding.outputs
        budget.allow_entries(output_count)
        folders.append(Folder(cursor.since(start), coding.packed_streams))
        ends.append((coding.outputs, coding.main))
    return folders, ends


def _count(cursor: Cursor, budget: Budget) -> int:
    """A number of things that grows with the files of an archive, and is held to their limit."""
    count = cursor.count()
    budget.allow_entries(count)
    return count


def _read_substreams(cursor: Cursor, folders: list[Folder], budget: Budget) -> None:
    """What files lie in each folder: how many, their sizes, their checksums."""
    counts = [1] * len(folders)
    kind = cursor.byte()
    if kind == _COUNTS:
        counts = [cursor.count() for _ in folders]
        budget.allow_entries(sum(counts))
        kind = cursor.byte()
    for folder, count in zip(folders, counts, strict=True):
        if count != 1:
            folder.sizes = _split(cursor, folder, count, kind == _SIZE)
    if kind == _SIZE:
        kind = cursor.byte()
    unknown = sum(count for folder, count in zip(folders, counts, strict=True) if count != 1 or folder.crc is None)
    crcs = iter([None] * unknown)
    if kind == _CRC:
        crcs = iter(cursor.crcs(unknown))
        kind = cursor.byte()
    if kind != _END:
        raise malformed("an unknown part of the files' streams")
    for folder in folders:
        if folder.sizes is not None:
            folder.crcs = [next(crcs) for _ in folder.sizes]
        elif folder.crc is None:
            folder.crc = next(crcs)


def _split(cursor: Cursor, folder: Folder, count: int, has_sizes: bool) -> Sequence[int]:
    """The sizes of a folder's files: the last one is what the others leave."""
    if count == 0:
        return ()
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
    parts: dict[int, Cursor] = {}
    while (kind := cursor.byte()) != _END:
        parts[kind] = Cursor(cursor.take(cursor.number()))
    is_empty = parts[_EMPTY_STREAM].bits(count) if _EMPTY_STREAM in parts else [False] * count
    empty_files = parts[_EMPTY_FILE].bits(sum(is_empty)) if _EMPTY_FILE in parts else []
    names = _read_names(parts[_NAMES], count) if _NAMES in parts else [""] * count
    return list(_without_directories(names, is_empty, empty_files))


def _read_names(cursor: Cursor, count: int) -> list[str]:
    cursor.expect(0)  # the names lie here, not in another stream
    names = cursor.rest().decode("utf-16-le", "replace").split("\0", count)[:count]
    if len(names) < count:
        raise malformed("files without names")
    return names


def _without_directories(names: list[str], is_empty: list[bool], empty_files: list[bool]) -> Iterator[tuple[str, bool]]:
    """Entries without bytes are directories, unless a second row of flags calls them empty files."""
    is_file = iter(empty_files)
    for name, empty in zip(names, is_empty, strict=True):
        if not empty or next(is_file, False):
            yield name, not empty
