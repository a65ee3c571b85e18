"""What a file is, by its first bytes: names lie, and landed files have none."""

from __future__ import annotations

HEAD_BYTES = 1024
"""First bytes that `sniff` wants to see."""

COMPRESSIONS = ("gz", "bz2", "xz", "zst")
ARCHIVES = ("tar", "zip", "7z")

_MAGIC = (
    (b"\x1f\x8b\x08", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PK\x07\x08PK\x03\x04", "zip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
)
UNSUPPORTED = (
    (b"Rar!\x1a\x07", "RAR archive"),
    (b"\x1f\x9d", "compress (.Z) file"),
    (b"\x04\x22\x4d\x18", "LZ4 file"),
    (b"LZIP", "lzip file"),
    (b"!BDN", "Outlook data file"),
    (b"MSCF", "cabinet archive"),
)
"""Containers that are known but not opened, with their names."""


def sniff(head: bytes) -> str | None:
    """The compression or archive format that the first `HEAD_BYTES` of a file announce; None for anything else."""
    for magic, kind in _MAGIC:
        if head.startswith(magic) and (kind != "bz2" or head[4:10] in (b"1AY&SY", b"\x17rE8P\x90")):
            return kind
    if len(head) >= 4 and head[0] & 0xF0 == 0x50 and head[1:4] == b"\x2a\x4d\x18":
        return "zst"  # a skippable frame, which parallel compressors write first
    return "tar" if is_tar_header(head[:512]) else None


def name_unsupported(head: bytes) -> str | None:
    """The name of a container format that is known but not opened."""
    return next((name for magic, name in UNSUPPORTED if head.startswith(magic)), None)


def is_tar_header(block: bytes) -> bool:
    """Whether a block of 512 bytes is a tar header: its checksum says so, in every dialect of tar."""
    if len(block) < 512 or not block[0]:
        return False
    digits = block[148:156].strip(b" \0")
    if not digits or digits.strip(b"01234567"):
        return False
    return int(digits, 8) == sum(block) - sum(block[148:156]) + 8 * ord(" ")


def is_empty_tar(head: bytes) -> bool:
    """Whether a file starts with the end mark of a tar: two blocks of zeros."""
    return len(head) >= 1024 and not head[:1024].strip(b"\0")
