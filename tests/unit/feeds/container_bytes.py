"""Builds containers, whole or hostile, byte by byte."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import warnings
import zipfile
import zlib

import zstandard

COMPRESS = {
    "plain": lambda data: data,
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor().compress,
}


def message(number: int, body: str = "hello\n") -> bytes:
    return f"From: trap{number}@sender.example\nSubject: number {number}\n\n{body}".encode()


def mbox(messages: list[bytes], newline: bytes = b"\n") -> bytes:
    """Write an mboxrd, as RFC 4155 and its readers understand it."""
    parts = []
    for content in messages:
        lines = [b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in content.split(b"\n")]
        parts += [b"From sender@origin.example Thu Mar  3 04:05:06 2005", newline, b"\n".join(lines), newline]
    return b"".join(parts)


def tar(files: dict[str, bytes], format: int = tarfile.PAX_FORMAT) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=format) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return target.getvalue()


def tar_special(type: bytes, name: str = "odd", linkname: str = "/etc/passwd") -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = type, linkname
        archive.addfile(info)
    return target.getvalue()


def zipped(files: dict[str, bytes] | list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", method) as archive:
        warnings.simplefilter("ignore")  # names that stand twice are what we want
        for name, data in files.items() if isinstance(files, dict) else files:
            with archive.open(zipfile.ZipInfo(name) if method == zipfile.ZIP_STORED else name, "w") as entry:
                entry.write(data)
    return target.getvalue()


def _number(value: int) -> bytes:
    return bytes([value]) if value < 0x80 else b"\xff" + struct.pack("<Q", value)


_LZMA1 = {"id": lzma.FILTER_LZMA1, "lc": 3, "lp": 0, "pb": 2, "dict_size": 1 << 20}
_LZMA2 = {"id": lzma.FILTER_LZMA2, "dict_size": 1 << 20}
_LZMA1_CODER = b"\x23\x03\x01\x01\x05\x5d" + struct.pack("<I", 1 << 20)
_LZMA2_CODER = b"\x21\x21\x01\x10"


def _raw(data: bytes, *filters: dict) -> bytes:
    return lzma.compress(data, format=lzma.FORMAT_RAW, filters=list(filters))


def _raw_deflate(data: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-15)
    return engine.compress(data) + engine.flush()


SEVEN_ZIP_METHODS = {
    "copy": (b"\x01\x01\x00", lambda data: data),
    "lzma": (b"\x01" + _LZMA1_CODER, lambda data: _raw(data, _LZMA1)),
    "lzma2": (b"\x01" + _LZMA2_CODER, lambda data: _raw(data, _LZMA2)),
    "bzip2": (b"\x01\x03\x04\x02\x02", bz2.compress),
    "deflate": (b"\x01\x03\x04\x01\x08", _raw_deflate),
    "x86+lzma2": (
        b"\x02\x04\x03\x03\x01\x03" + _LZMA2_CODER + b"\x00\x01",
        lambda data: _raw(data, {"id": lzma.FILTER_X86}, _LZMA2),
    ),
    "aes": (b"\x01\x24\x06\xf1\x07\x01\x01\x00", lambda data: data),
    "ppmd": (b"\x01\x23\x03\x04\x01\x01\x00", lambda data: data),
}
"""Folder description and encoder."""


def seven_zip(files: dict[str, bytes], method: str = "lzma2", damage: int | None = None) -> bytes:
    """One solid folder that holds all files; `damage` flips a byte of the packed data."""
    data = b"".join(files.values())
    packed = bytearray(_packed(method, data))
    if damage is not None:
        packed[damage] ^= 0xFF
    full = [content for content in files.values() if content]
    header = b"\x01\x04" + _streams(method, [len(packed)], len(data), full)
    header += b"\x00" if not full else b""
    if not full:
        header, packed = b"\x01", bytearray()
    return _around(bytes(packed), header + _files(files) + b"\x00")


def with_packed_header(archive: bytes, method: str = "lzma2") -> bytes:
    """The same archive with its header compressed, as packers leave it."""
    offset, size = struct.unpack("<QQ", archive[12:28])
    packed, header = archive[32 : 32 + offset], archive[32 + offset : 32 + offset + size]
    encoded = _packed(method, header)
    streams = _streams(method, [len(encoded)], len(header), None, offset)
    return _around(packed + encoded, b"\x17" + streams)


def _packed(method: str, data: bytes) -> bytes:
    return SEVEN_ZIP_METHODS[method][1](data)


def _streams(method: str, sizes: list[int], unpacked: int, files: list[bytes] | None, offset: int = 0) -> bytes:
    folder = SEVEN_ZIP_METHODS[method][0]
    pack = b"\x06" + _number(offset) + b"\x01\x09" + b"".join(map(_number, sizes)) + b"\x00"
    unpack = b"\x07\x0b\x01\x00" + folder + b"\x0c" + _number(unpacked) * folder[0] + b"\x00"
    if files is None:
        return pack + unpack + b"\x00"
    sub = b"\x08\x0d" + _number(len(files)) + b"\x09" + b"".join(_number(len(data)) for data in files[:-1])
    sub += b"\x0a\x01" + b"".join(struct.pack("<I", zlib.crc32(data)) for data in files) + b"\x00"
    return pack + unpack + sub + b"\x00"


def _files(files: dict[str, bytes]) -> bytes:
    names = b"\x00" + b"".join(name.encode("utf-16-le") + b"\0\0" for name in files)
    empty = "".join("0" if data else "1" for data in files.values())
    parts = b"\x05" + _number(len(files))
    if "1" in empty:
        parts += _flags(b"\x0e", empty) + _flags(b"\x0f", "1" * empty.count("1"))
    return parts + b"\x11" + _number(len(names)) + names + b"\x00"


def _flags(kind: bytes, bits: str) -> bytes:
    data = int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big")
    return kind + _number(len(data)) + data


def _around(packed: bytes, header: bytes) -> bytes:
    start = struct.pack("<QQI", len(packed), len(header), zlib.crc32(header))
    return b"7z\xbc\xaf\x27\x1c\x00\x04" + struct.pack("<I", zlib.crc32(start)) + start + packed + header
