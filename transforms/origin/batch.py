"""Rows of `received_hops` in, a row for each message out: what a worker process makes of a batch."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter

import pyarrow as pa

from transforms.origin.addresses import ADDRESS, number
from transforms.origin.facts import HopFacts
from transforms.origin.origin import find_origin
from transforms.origin.rules import RULES_VERSION

ORIGINS = pa.schema(
    {
        "message_key": pa.string(),
        "origin_ip": pa.string(),
        "origin_helo": pa.string(),
        "origin_name": pa.string(),
        "origin_confidence": pa.string(),
        "origin_hop": pa.int32(),
        "believed_hop_count": pa.int32(),
        "claimed_origin_ip": pa.string(),
        "origin_findings": pa.list_(pa.string()),
        "origin_rules_version": pa.string(),
        "origin_address": ADDRESS,
    }
)
"""`origin_address` is `origin_ip` as a number, for a join with a table of networks (`transforms.origin.networks`)."""


def read_batch(hops: pa.Table | pa.RecordBatch, trusted_hosts: Mapping[str, tuple[str, ...]]) -> pa.Table:
    """Origins, in the schema `ORIGINS`, of the messages whose rows of `received_hops` are given.

    The rows of a message follow one another, in the order of `hop`. `trusted_hosts` are those of each feed; a feed
    that is not in it has none.
    """
    names = ("message_key", "feed", *HopFacts._fields)
    rows = zip(*(_values(hops, name) for name in names), strict=True)
    found = []
    for key, group in groupby(rows, key=itemgetter(0)):
        lines = list(group)
        origin = find_origin([HopFacts._make(line[2:]) for line in lines], trusted_hosts.get(lines[0][1], ()))
        address = number(origin.origin_ip) if origin.origin_ip else None
        found.append((key, *origin, RULES_VERSION, address))
    columns = zip(*found, strict=True) if found else [()] * len(ORIGINS)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, ORIGINS, strict=True)]
    return pa.Table.from_arrays(arrays, schema=ORIGINS)


def _values(hops: pa.Table | pa.RecordBatch, name: str) -> list:
    """A column as a list; times as numbers, which is ten times as fast."""
    column = hops.column(name)
    return (column.cast(pa.timestamp("us")).cast(pa.int64()) if name == "received_at" else column).to_pylist()
