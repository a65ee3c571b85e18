"""Bytes that pass for files: pictures and enclosures of random content under true headers; nothing that runs."""

from __future__ import annotations

import struct
import zlib
from binascii import b2a_base64

from transforms.simulate.chance import stream

MEDIA_TYPES = {
    "gif": "image/gif",
    "png": "image/png",
    "jpg": "image/jpeg",
    "zip": "application/x-zip-compressed",
    "pdf": "application/pdf",
    "doc": "application/msword",
    "scr": "application/octet-stream",
}


def file_bytes(kind: str, key: str, size: int) -> bytes:
    """About `size` bytes that look like a file of `kind`; the same `key` gives the same bytes."""
    noise = stream("file", key).randbytes(size)
    if kind == "gif":
        blocks = b"".join(b"\xff" + noise[i : i + 255] for i in range(0, size - 255, 255))
        return b"GIF89a" + struct.pack("<HH", 420, 280) + b"\xf7\0\0" + noise[:768] + b"," + bytes(9) + blocks + b"\0;"
    if kind == "png":
        return (
            b"\x89PNG\r\n\x1a\n"
            + _chunk(b"IHDR", struct.pack(">IIBBBBB", 400, 300, 8, 2, 0, 0, 0))
            + _chunk(b"IDAT", noise)
            + _chunk(b"IEND", b"")
        )
    if kind == "jpg":
        return b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0" + noise + b"\xff\xd9"
    if kind == "zip":
        return b"PK\3\4\x14\0\0\0\0\0" + noise + b"PK\5\6" + bytes(18)
    if kind == "pdf":
        return (
            b"%PDF-1.3\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Length "
            + str(size).encode()
            + b" >>\nstream\n"
            + noise
            + (b"\nendstream\nendobj\n%%EOF\n")
        )
    return {"doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "scr": b"MZ-not-a-program"}[kind] + noise


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def base64_lines(content: bytes, width: int = 76) -> bytes:
    """`content` in base64, in lines of `width`, each ended."""
    text = b2a_base64(content, newline=False)
    return b"\n".join([text[i : i + width] for i in range(0, len(text), width)]) + b"\n"


class Enclosure:
    """A file as it is enclosed in every copy of a campaign.

    With `is_noisy`, each copy ends in bytes of its own, so that no two have the same digest; only these are encoded
    anew.
    """

    def __init__(self, kind: str, key: str, size: int, is_noisy: bool) -> None:
        size = (size // 57 + 1) * 57
        content = file_bytes(kind, key, size)
        content = content[: len(content) // 57 * 57] if is_noisy else content
        self.kind = kind
        self.media_type = MEDIA_TYPES[kind]
        self.is_noisy = is_noisy
        self._encoded = base64_lines(content)

    def encoded(self, noise: bytes) -> bytes:
        """The file in base64 lines; `noise` becomes its end where copies differ."""
        return self._encoded + base64_lines(noise) if self.is_noisy else self._encoded
