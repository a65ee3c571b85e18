"""Tables of networks: whose an address was on the day that a table was made, and in which country.

A table is read once, kept as Parquet, and joined with origins in SQL:

    SELECT o.*, n.asn, n.as_name, n.country_code, n.prefix
    FROM origins o ASOF LEFT JOIN networks n ON o.origin_address >= n.first_address  -- asof_loop_join_threshold = 0
    -- unknown, unless o.origin_address <= n.last_address
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from transforms.origin.addresses import ADDRESS
from transforms.origin.network_files import NetworkTableError, read_file
from transforms.origin.ranges import Range, flattened, joined, overlaid

NETWORKS = pa.schema(
    {
        "first_address": ADDRESS,
        "last_address": ADDRESS,
        "asn": pa.int64(),
        "as_name": pa.string(),
        "country_code": pa.string(),
        "prefix": pa.string(),
    }
)
"""Disjoint ranges in order, ends included. `prefix` is the network that the table lists, where that is one in CIDR
notation and has an `asn`."""

_VERSION = b"networks_version"


@dataclass(frozen=True)
class Networks:
    """A table in the schema `NETWORKS`, and the names and dates of what it was made of."""

    ranges: pa.Table
    version: str


def read_networks(paths: Sequence[Path]) -> Networks:
    """The files as one table: what the first does not know of an address is taken from the second, and so on.

    Raises `NetworkTableError` for a file that cannot be read or knows of no network.
    """
    if len(paths) == 1 and paths[0].suffix == ".parquet":
        return _read_kept(paths[0])
    ranges: list[Range] = []
    versions = []
    for path in paths:
        found, version = read_file(path)
        if not found:
            raise NetworkTableError(f"{path}: knows of no network")
        flat = joined(flattened(found))
        ranges = overlaid(ranges, flat) if ranges else flat
        versions.append(version)
    columns = list(zip(*ranges, strict=True)) or [[]] * len(NETWORKS)
    arrays = [pa.array(columns[place], NETWORKS.field(name).type) for place, name in enumerate(_ORDER)]
    return Networks(pa.Table.from_arrays(arrays, schema=NETWORKS), " + ".join(versions))


_ORDER = ("first_address", "last_address", "asn", "as_name", "country_code", "prefix")


def write_networks(networks: Networks, path: Path) -> None:
    """Keep a table as Parquet, its version with it."""
    pq.write_table(
        networks.ranges.replace_schema_metadata({_VERSION: networks.version.encode()}), path, compression="zstd"
    )


def networks_version(path: Path) -> str | None:
    """The version of a table that was kept, without reading it; None when there is no such file.

    Raises `NetworkTableError` for another file.
    """
    return _version_in(path, _opened(path, pq.read_schema)) if path.exists() else None


def _read_kept(path: Path) -> Networks:
    table = _opened(path, pq.read_table)
    version = _version_in(path, table.schema)
    return Networks(table.replace_schema_metadata(None), version)


def _opened(path: Path, read: Callable[[Path], Any]) -> Any:
    try:
        return read(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise NetworkTableError(f"{path}: {error}") from error


def _version_in(path: Path, schema: pa.Schema) -> str:
    version = (schema.metadata or {}).get(_VERSION)
    if version is None or not schema.remove_metadata().equals(NETWORKS):
        raise NetworkTableError(f"{path}: not written by write_networks; its columns are {schema.names}")
    return version.decode()
