"""Lists of ranges of addresses as text: a line a range, its values separated by commas or tabs."""

from __future__ import annotations

import csv
import io
import ipaddress
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import IO

from transforms.origin.addresses import bounds, network, number
from transforms.origin.network_records import ASN_FIELDS, COUNTRY_FIELDS, NAME_FIELDS, NOTHING, known
from transforms.origin.ranges import Range

_FIRST = ("start", "start_ip", "first", "first_ip", "ip_start", "ip_range_start", "range_start", "ip_from")
_LAST = ("end", "end_ip", "last", "last_ip", "ip_end", "ip_range_end", "range_end", "ip_to")
_NETWORK = ("network", "prefix", "cidr", "range")
_SAID = (*ASN_FIELDS, *NAME_FIELDS, *COUNTRY_FIELDS)
_LAYOUTS = {
    3: ("start", "end", "country_code"),
    4: ("start", "end", "asn", "as_name"),
    5: ("start", "end", "asn", "country_code", "as_name"),
}
"""Columns of lists without a line of names: those of ip-location-db, and iptoasn's."""

Bounds = Callable[[Sequence[str]], tuple[int, int] | None]


def read_list(file: IO[bytes]) -> Iterator[Range]:
    """The ranges of a list, in its order; lines that tell nothing, or of no addresses, are left out.

    Raises ValueError for a list whose columns are not known.
    """
    text = io.TextIOWrapper(file, "utf-8-sig", errors="replace", newline="")
    head = text.readline()
    separator = "\t" if "\t" in head else ","
    first = next(csv.reader([head], delimiter=separator), [])
    rows: Iterator[list[str]] = csv.reader(text, delimiter=separator)
    columns = [cell.strip().lower() for cell in first]
    if not {*columns} & {*_FIRST, *_NETWORK}:
        if len(columns) not in _LAYOUTS:
            raise ValueError("no line of column names, and not 3, 4 or 5 columns")
        rows, columns = chain([first], rows), list(_LAYOUTS[len(columns)])
    bounds_of, said_at = _bounds_of(columns), [place for place, name in enumerate(columns) if name in _SAID]
    if not said_at:
        raise ValueError(f"tells no number and no country: there is no column {', '.join(ASN_FIELDS + COUNTRY_FIELDS)}")
    names = tuple(columns[place] for place in said_at)
    for row in rows:
        if len(row) < len(columns):
            continue
        said = _known(names, tuple([row[place] for place in said_at]))
        if said is not NOTHING and (ends := bounds_of(row)):
            yield Range(*ends, *said, network(*ends) if said.asn else None)


@lru_cache(1 << 16)
def _known(names: tuple[str, ...], values: tuple[str, ...]) -> tuple:
    said = known(dict(zip(names, values, strict=True)))
    return NOTHING if said == NOTHING else said


def _bounds_of(columns: list[str]) -> Bounds:
    """How the ends of a range are read from a line."""
    ends = [next((columns.index(name) for name in names if name in columns), None) for names in (_FIRST, _LAST)]
    if None not in ends:
        return lambda row: _ends(row[ends[0]].strip(), row[ends[1]].strip())
    place = next((columns.index(name) for name in _NETWORK if name in columns), None)
    if place is None:
        raise ValueError("tells no end of its ranges")
    return lambda row: _net(row[place].strip())


def _ends(first: str, last: str) -> tuple[int, int] | None:
    try:
        ends = _number(first), _number(last)
    except ValueError:
        return None
    return ends if ends[0] is not None and ends[1] is not None and ends[0] <= ends[1] else None


def _number(text: str) -> int | None:
    """An end of a range: an address, or the number of an IPv4 address."""
    if text.isascii() and text.isdigit() and len(text) <= 10:
        return number(str(ipaddress.IPv4Address(int(text))))
    return number(text)


def _net(text: str) -> tuple[int, int] | None:
    try:
        return bounds(ipaddress.ip_network(text, strict=False))
    except ValueError:
        return None
