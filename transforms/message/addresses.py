"""Mailboxes out of address fields (RFC 5322), found rather than parsed: senders break the grammar in every way."""

from __future__ import annotations

import re

from transforms.message.limits import LABEL_CHARS, RECIPIENTS

_EDGE = r"(?<![^\s<>,;:\"'()\[\]=])"
_LOCAL = rf"(?:\"([^\"\n@]{{1,64}})\"|{_EDGE}([^\s<>,;:\"'()\[\]@]{{1,200}}+))"
_HOST = r"(\[[0-9A-Za-z.:]{3,60}\]|[^\s<>,;:\"'()\[\]@\\]{1,253}+)"
_ADDRESS = re.compile(f"{_LOCAL}@{_HOST}")


def lower(text: str) -> str:
    """Lower case, character by character: İ is the only letter that would become two."""
    return text.lower() if text.isascii() else text.replace("İ", "i").lower()


def find_addresses(text: str) -> list[str]:
    """All addresses in a field's value, lower case, in their order, without repeats."""
    if "@" not in text:
        return []
    found: dict[str, None] = {}
    for quoted, local, host in _ADDRESS.findall(text):
        host = host.rstrip(".")
        if host:
            found[lower(f"{quoted or local}@{host}")] = None
        if len(found) >= RECIPIENTS:
            break
    return list(found)


def read_mailbox(text: str) -> tuple[str | None, str | None]:
    """Address (lower case) and display name of the first mailbox in a decoded value; None for what is missing."""
    angle = text.find("<")
    if angle >= 0:
        addresses = find_addresses(text[angle:]) or find_addresses(text[:angle])
        name = text[:angle]
    else:
        addresses = find_addresses(text)
        opened = text.find("(")
        name = text[opened + 1 :].partition(")")[0] if opened >= 0 else "" if addresses else text
    name = " ".join(name.replace("\\", "").split()).strip("\"' ,")[:LABEL_CHARS]
    return (addresses[0] if addresses else None), name or None
