"""How many Received lines of real mail have each field, by a crude look at the line, and in how many it is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from transforms.feeds import RawMessage, read_container
from transforms.message.limits import FIELD_CHARS
from transforms.message.received import Hop, read_received
from transforms.message.tolerant import read_tolerantly

FORMATS = {"nazario-2005": "mbox"}
"""Formats of the archives that are no message a file."""

_INNER = re.compile(r"\([^()]*\)")
_QUAD = re.compile(r"(?<![\w.-])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\w.-]*\w)")
_LONG = re.compile(r"\[(?:IPv6:)?[0-9a-f]*:[0-9a-f:]*:[0-9a-f:.]*\]", re.I)
_OUTSIDE = {
    "by": re.compile(r"(?:^|\s)by\s+(?!with\s|id\s|for\s|via\s|;)[^\s(]", re.I),
    "protocol": re.compile(r"\swith\s+[^\s;]", re.I),
    "id": re.compile(r"\sid\s+(?!for\s)[^\s;]", re.I),
    "for": re.compile(r"\sfor\s+<?[^\s<>]+@", re.I),
}
_SENDER = {
    "helo": re.compile(r"\b(?:helo|ehlo)[ =]", re.I),
    "name": re.compile(r"\((?:[\w.+-]+@)?(?!\d+\.\d+\.\d+\.\d+)[\w-]+(?:\.[\w-]+)+\.?\s*\(?\["),
}
_TIME = re.compile(r"\d{1,2}[ -]\w{3}[ -]\d{2,4}|\w{3} +\d{1,2} .*\d{4}|\d{4}-\d\d-\d\d")
FIELDS = ("from", "helo", "name", "address", "by", "protocol", "id", "for", "time")


def lines_of(archive: Path) -> Iterator[list[str]]:
    """The Received lines of each message of an archive, unfolded."""
    name = archive.name.partition(".")[0]
    for found in read_container(archive, archive.name, FORMATS.get(name, "eml")):
        if isinstance(found, RawMessage) and (mail := read_tolerantly(found.content)):
            yield [" ".join(value[:FIELD_CHARS].split()) for value in mail.all("received")]


def has(line: str) -> set[str]:
    """The fields that a line seems to have: looked at without the rules of the parser."""
    plain = line
    for _ in range(3):
        plain = _INNER.sub(" ", plain)
    found = {field for field, pattern in _OUTSIDE.items() if pattern.search(plain)}
    if _TIME.search(line.rpartition(";")[2]):
        found.add("time")
    if re.match(r"from\s+(?!by\s|unknown\b)\S", plain, re.I):
        sender = re.split(r"\sby\s", line, maxsplit=1, flags=re.I)[0]
        found |= {"from"} | {field for field, pattern in _SENDER.items() if pattern.search(sender)}
        if _LONG.search(sender) or any(max(map(int, quad)) < 256 for quad in _QUAD.findall(sender)):
            found.add("address")
    return found


def reads(hop: Hop) -> set[str]:
    """The fields that were read."""
    values = {
        "from": hop.from_helo or hop.from_name or hop.from_ip,
        "helo": hop.from_helo,
        "name": hop.from_name,
        "address": hop.from_ip,
        "by": hop.by_host or hop.by_ip,
        "protocol": hop.protocol,
        "id": hop.queue_id,
        "for": hop.for_address,
        "time": hop.received_at,
    }
    return {field for field, value in values.items() if value}


def count_fields(archive: Path) -> tuple[Counter, Counter, int]:
    """How many lines of an archive have each field, in how many it is read, and how many lines there are."""
    there, read, count = Counter(), Counter(), 0
    for lines in lines_of(archive):
        count += len(lines)
        for line in lines:
            fields = has(line)
            there.update(fields)
            read.update(fields & reads(read_received(line)))
    return there, read, count


def tell(corpora: Path) -> None:
    """Print, for each field, how many lines of all archives have it and in how many it is read."""
    counts = [count_fields(archive) for archive in sorted(corpora.glob("*.tar.zst"))]
    there, read = (sum((found[place] for found in counts), Counter()) for place in (0, 1))
    print(f"{sum(count for _, _, count in counts):,} Received lines")
    for field in FIELDS:
        share = read[field] / there[field] if there[field] else 1
        print(f"  {field:9} {there[field]:7,} lines have it, read in {read[field]:7,}: {share:8.3%}")
