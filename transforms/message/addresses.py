"""Mailboxes out of address fields (RFC 5322), found rather than parsed: senders break the grammar in every way."""

from __future__ import annotations

import re

from transforms.message.limits import LABEL_CHARS, RECIPIENTS

_EDGE = r"(?<![^\s<>,;:\"'()\[\]=])"
_ATOM = r"[^\s<>,;:\"'()\[\]@]{1,200}+"
_LOCAL = rf"(?:\"([^\"\n<>]{{1,64}})\"|{_EDGE}({_ATOM}(?:(?<=\w)'(?=\w){_ATOM}){{0,3}}+))"
_HOST = r"(\[[0-9A-Za-z.:]{3,60}\]|[^\s<>,;:\"'()\[\]@\\]{1,253}+)"
_ADDRESS = re.compile(f"{_LOCAL}@{_HOST}")
_SPACED = re.compile(r"<\s{0,9}([^\s<>@\"]{1,64})\s{0,9}@\s{0,9}([^\s<>@\"]{1,253}+)\s{0,9}>")
_ASIDE = re.compile(r'"(?:[^"\\]++|\\.)*+(")?|\((?:[^()\\]++|\\.)*+(\))?', re.S)
_MOST_NESTED = 3


def lower(text: str) -> str:
    """Lower case, character by character: İ is the only letter that would become two."""
    return text.lower() if text.isascii() else text.replace("İ", "i").lower()


def find_addresses(text: str) -> list[str]:
    """All addresses in a field's value, lower case, in their order, without repeats."""
    return list(dict.fromkeys(map(lower, spelled_addresses(text)))) if "@" in text else []


def spelled_addresses(text: str) -> list[str]:
    """All addresses in a field's value as they are spelled, at most `RECIPIENTS`."""
    if "@" not in text:
        return []
    if " @" in text or "@ " in text:
        text = _SPACED.sub(r"<\1@\2>", text)
    found: dict[str, None] = {}
    for quoted, local, host in _ADDRESS.findall(text):
        host = host.rstrip(".")
        if host:
            found[f"{quoted.strip() or local}@{host}"] = None
        if len(found) >= RECIPIENTS:
            break
    return list(found)


def read_mailbox(text: str) -> tuple[str | None, str | None]:
    """Address (lower case) and display name of the first mailbox in a decoded value; None for what is missing.

    An address in a quoted name or in a comment is the name's, and not the sender's.
    """
    outline = _outline(text) if '"' in text or "(" in text else text
    angle = outline.find("<")
    if angle >= 0:
        addresses = find_addresses(text[angle:]) or find_addresses(text[:angle])
        name = text[:angle]
    else:
        addresses = find_addresses(outline) or find_addresses(text)
        opened = text.find("(")
        name = text[opened + 1 :].partition(")")[0] if opened >= 0 else "" if addresses else text
    name = " ".join(name.replace("\\", "").split()).strip("\"' ,")[:LABEL_CHARS]
    return (addresses[0] if addresses else None), name or None


def _outline(text: str) -> str:
    """The text with blanks for what stands in quotes and comments; those that never end are taken for plain text."""
    for _ in range(_MOST_NESTED):
        blanked = _ASIDE.sub(lambda aside: " " * len(aside[0]) if aside[1] or aside[2] else aside[0], text)
        if blanked == text:
            break
        text = blanked
    return text
