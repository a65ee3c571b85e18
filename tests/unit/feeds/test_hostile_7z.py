"""7z headers of some bytes that stand for a lot: refused before they take memory or time."""

import struct
import time
import tracemalloc

import container_bytes as made
import pytest

from transforms.feeds import BrokenPlace, Limits

FILES = {f"{number}.eml": made.message(number) for number in range(3)}


def claim(part: bytes) -> bytes:
    """Make an archive of a kilobyte, with a compressed header that holds the part."""
    return made.with_packed_header(made._around(b"", b"\x01\x04" + part))


def folders(count: int) -> bytes:
    return b"\x07\x0b" + made._number(count) + b"\0" + b"\x01\x00" * count


def packed_streams(count: int) -> bytes:
    return b"\x06\x00" + made._number(count) + b"\x09" + b"\x01" * count + b"\x00\x00\x00"


def files_in_a_folder(count: int) -> bytes:
    one = b"\x06\x00\x01\x09\x01\x00" + b"\x07\x0b\x01\x00\x01\x01\x00\x0c" + made._number(count) + b"\x00"
    return one + b"\x08\x0d" + made._number(count) + b"\x09" + b"\x01" * (count - 1) + b"\x00\x00\x00"


def coders(count: int) -> bytes:
    folder = b"\x20" + b"\x00" * 32 + b"\x00\x00" * 31
    return b"\x07\x0b" + made._number(count // 32) + b"\0" + folder * (count // 32)


@pytest.mark.parametrize("part", [folders, packed_streams, files_in_a_folder, coders])
def test_a_header_that_counts_more_than_the_limit_is_not_believed(read, part):
    archive = claim(part(3_000_000))
    assert len(archive) < 2_000
    tracemalloc.start()
    start = time.process_time()
    (place,) = read(archive, limits=Limits(entries=20_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert place.reason == "archive_entry_limit"
    assert peak < 64 << 20
    assert time.process_time() - start < 5


def test_folders_within_the_limit_take_little_memory(read):
    archive = claim(folders(50_000))
    tracemalloc.start()
    (place,) = read(archive)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert place.reason == "container_broken"  # their sizes are missing
    assert peak < 16 << 20


def test_a_header_of_more_than_16_megabytes_is_not_unpacked(read):
    (place,) = read(claim(b"\0" * (17 << 20)))
    assert place.reason == "archive_entry_limit" and "16,777,216" in place.detail


@pytest.mark.parametrize("size", [18, 59])
def test_a_header_that_unpacks_to_itself_ends(read, size):
    header = b"\x17" + made._streams("copy", [size], size, None, 0)
    start = time.process_time()
    assert [item.reason for item in read(made._around(b"", header))] == ["container_broken"]
    assert time.process_time() - start < 2


def test_a_header_may_be_packed_four_times_and_no_more(read):
    archive = made.seven_zip(FILES)
    for _ in range(4):
        archive = made.with_packed_header(archive)
    assert {item.entry_name: item.content for item in read(archive)} == FILES
    (place,) = read(made.with_packed_header(archive))
    assert place.reason == "container_broken"


def test_parts_that_come_twice_are_malformed(read):
    header = b"\x01" + b"\x04\x00" * 2 + b"\x00"
    assert [item.reason for item in read(made._around(b"", header))] == ["container_broken"]


@pytest.mark.parametrize("offset", [1 << 62, (1 << 63) - 32, (1 << 64) - 1])
def test_data_that_lie_beyond_every_file(read, offset):
    whole = made.seven_zip({"a": b"x" * 100}, "copy")
    packed_bytes = struct.unpack("<Q", whole[12:20])[0]
    packed, header = whole[32 : 32 + packed_bytes], whole[32 + packed_bytes :]
    at = header.index(b"\x06\x00\x01\x09")
    moved = header[: at + 1] + b"\xff" + struct.pack("<Q", offset) + header[at + 2 :]
    assert [item.reason for item in read(made._around(packed, moved)) if isinstance(item, BrokenPlace)] == [
        "archive_entry_broken"
    ]
