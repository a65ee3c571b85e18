"""Rings: campaigns that links hold together, under ids that outlive a regrouping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import blake2b

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def find_rings(
    links: pa.Table, campaigns_first_seen: Mapping[str, datetime], known: Mapping[str, str]
) -> list[dict[str, object]]:
    """Rows of `ring_members` (campaign_id, ring_id, weight), sorted by ring and campaign.

    `links` are those of `find_links`; `known` tells each campaign's ring of the grouping before, under present ids.
    A ring keeps its id; one that falls apart leaves it to the part with its eldest campaign; where rings have become
    one, the id of the eldest campaign's lives on.
    """
    weights = _weights(links)
    age = {campaign: (campaigns_first_seen[campaign], campaign) for campaign in weights}
    rings = [sorted(members, key=age.__getitem__) for members in _components(links, sorted(weights))]
    rows = []
    for ring_id, members in zip(_ring_ids(rings, age, known), rings, strict=True):
        rows += [{"campaign_id": each, "ring_id": ring_id, "weight": weights[each]} for each in members]
    return sorted(rows, key=lambda row: (row["ring_id"], row["campaign_id"]))


def _weights(links: pa.Table) -> dict[str, float]:
    """The sum of the weights of each campaign's links."""
    ends = [links.select([end, "weight"]).rename_columns(["end", "weight"]) for end in links.column_names[:2]]
    both = pa.concat_tables(ends).sort_by([("end", "ascending"), ("weight", "ascending")])
    sums = both.group_by("end", use_threads=False).aggregate([("weight", "sum")])
    return dict(zip(sums["end"].to_pylist(), sums["weight_sum"].to_pylist(), strict=True))


def _components(links: pa.Table, campaigns: list[str]) -> list[list[str]]:
    place = {campaign: number for number, campaign in enumerate(campaigns)}
    one, other = (
        np.array([place[c] for c in links[end].to_pylist()], dtype=np.int64) for end in links.column_names[:2]
    )
    graph = coo_array((np.ones(len(one), dtype=np.int8), (one, other)), shape=(len(campaigns),) * 2)
    count, labels = connected_components(graph, directed=False) if campaigns else (0, [])
    members: list[list[str]] = [[] for _ in range(count)]
    for campaign, label in zip(campaigns, labels, strict=True):
        members[label].append(campaign)
    return members


def _ring_ids(rings: list[list[str]], age: Mapping[str, tuple], known: Mapping[str, str]) -> list[str]:
    """The id of each ring, whose members are given eldest first."""
    heirs: dict[str, str] = {}
    for campaign in sorted(filter(known.__contains__, age), key=age.__getitem__):
        heirs.setdefault(known[campaign], campaign)
    kept = [next((known[c] for c in members if c in known and heirs[known[c]] == c), None) for members in rings]
    taken = {*known.values(), *filter(None, kept)}
    births = sorted((age[members[0]], place) for place, members in enumerate(rings) if kept[place] is None)
    ids = list(kept)
    for (_, eldest), place in births:
        ids[place] = _new_id(eldest, taken)
        taken.add(ids[place])
    return ids


def _new_id(eldest: str, taken: Iterable[str]) -> str:
    """A digest of the eldest campaign's id; another one where an elder ring born of it still has that."""
    text = eldest
    while (ring_id := f"r-{blake2b(text.encode(), digest_size=8).hexdigest()}") in taken:
        text += "+"
    return ring_id
