"""The folders of a 7z archive: runs of compressed bytes, and how each is coded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from transforms.feeds.sevenzip.cursor import Cursor, malformed

Method = tuple[bytes, bytes]
"""Identifier and properties of a coder."""


class Coding(NamedTuple):
    """How a folder is coded: methods from the one that gives the files to the one that takes packed bytes."""

    methods: list[Method]
    packed_streams: int
    outputs: int
    main: int
    """Which of the coders' outputs gives the files."""


@dataclass(slots=True)
class Folder:
    """A compressed run of bytes that holds one file or several: how it is coded, where it lies, what it holds.

    A header of some kilobytes may describe a million: each keeps no more than it needs, its coding as it stands there.
    """

    description: bytes
    packed_streams: int
    unpacked_bytes: int = 0
    crc: int | None = None
    offset: int = 0
    packed_bytes: int = 0
    sizes: Sequence[int] | None = None
    """Sizes of its files; None for a single one that is as large as the folder."""
    crcs: Sequence[int | None] = ()

    @property
    def methods(self) -> list[Method]:
        """Its coders, from the one that gives the files to the one that takes packed bytes."""
        return read_coding(Cursor(self.description)).methods

    @property
    def files(self) -> Iterator[tuple[int, int | None]]:
        """Size and checksum of each file in the folder."""
        if self.sizes is None:
            return iter([(self.unpacked_bytes, self.crc)])
        return zip(self.sizes, self.crcs, strict=True)


def read_coding(cursor: Cursor) -> Coding:
    """How the folder that is described next is coded; raises `Broken`."""
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
    return Coding(_in_chain(methods, bindings, main) if is_chain else methods, packed_streams, outputs, main)


def _few(cursor: Cursor) -> int:
    """A number of coders, or of their ends: the format allows no more than 32."""
    count = cursor.number()
    if not 1 <= count <= 32:
        raise malformed("no coders, or too many")
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
