"""Tonight's templates against the known ones: which campaign each belongs to, why, and which campaigns became one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transforms.campaigns.clusters import NONE, Grouping, group
from transforms.campaigns.digests import as_id
from transforms.campaigns.matching import METHODS, TEXT_REACH, Edges, alike, sharing, sharing_pairs
from transforms.campaigns.signatures import PERMUTATIONS

KNOWN = pa.schema(
    {
        "template": pa.int64(),
        "campaign_id": pa.string(),
        "born_at": pa.timestamp("us"),
        "manner": pa.int64(),
        "signature": pa.binary(2 * PERMUTATIONS),
    }
)
"""Templates that the index knows: their present campaign, and when that was first seen."""
MATCHES = pa.schema({"kind": pa.string(), "key": pa.int64(), "template": pa.int64()})
"""Keys of tonight by which the index knows templates."""
REASONS = pa.schema(
    {
        "template": pa.int64(),
        "campaign_id": pa.string(),
        "method": pa.string(),
        "similarity": pa.float64(),
        "matched_template": pa.int64(),
        "key": pa.int64(),
    }
)
"""A template and its reason; for one that is known, `method` is `template`."""
MERGERS = pa.schema([pa.field("taken_over", pa.string()), *REASONS])
"""A campaign that `campaign_id` took over, and the template and reason that joined them."""


@dataclass(frozen=True)
class _Places:
    """All templates that take part, tonight's first; `order` sorts them.

    `campaign` is a place in `campaigns`, or NONE for a new one.
    """

    template: np.ndarray
    order: np.ndarray
    tonight: int
    manner: np.ndarray
    signature: np.ndarray
    has_signature: np.ndarray
    campaign: np.ndarray
    campaigns: list[str]
    age: np.ndarray

    def of(self, templates: np.ndarray) -> np.ndarray:
        """Places of templates, all of which take part."""
        return self.order[np.searchsorted(self.template, templates, sorter=self.order)]


def assign(
    templates: pa.Table, keys: pa.Table, known: pa.Table, matches: pa.Table, methods: tuple[str, ...] = METHODS
) -> tuple[pa.Table, pa.Table]:
    """REASONS of tonight's templates and MERGERS of known campaigns.

    `templates` and `keys` are tonight's, each once (`reading.TEMPLATES`, `reading.KEYS`), `known` those of tonight's
    that the index has, and all that `matches` name. `methods` leaves out others, for measuring what each is worth.
    """
    places = _places(templates, known)
    edges = Edges.joined([_edges(kind, templates, keys, matches, places) for kind in METHODS if kind in methods])
    grouping = group(places.age, places.campaign, edges)
    return _reasons(places, grouping, edges), _mergers(places, grouping, edges)


def _places(templates: pa.Table, known: pa.Table) -> _Places:
    tonight = _column(templates, "template")
    old = _column(known, "template")
    extra = known.filter(pa.array(~np.isin(old, tonight)))
    every = pa.concat_tables(
        [templates.select(["template", "manner", "signature"]), extra.select(["template", "manner", "signature"])]
    )
    template = _column(every, "template")
    campaigns = pc.unique(known["campaign_id"]).to_pylist()
    campaign = np.full(len(template), NONE, dtype=np.int64)
    order = np.argsort(template, kind="stable")
    where = order[np.searchsorted(template, old, sorter=order)]
    campaign[where] = _column(pc.index_in(known["campaign_id"], pa.array(campaigns, pa.string())), None)
    born = np.full(len(template), np.iinfo(np.int64).max)
    born[where] = _column(known["born_at"].cast(pa.int64()), None)
    captured = np.zeros(len(template), dtype=np.int64)
    captured[: len(tonight)] = _column(templates["captured_at"].cast(pa.int64()), None)
    captured[campaign != NONE] = 0
    by_id = np.array([int(campaigns[each][2:], 16) if each != NONE else 0 for each in campaign], dtype=np.uint64)
    age = np.empty(len(template), dtype=np.int64)
    age[np.lexsort((template, captured, by_id, born))] = np.arange(len(template))
    signature = every["signature"].combine_chunks()
    has_signature = _column(pc.is_valid(signature), None)
    filled = pc.fill_null(signature, bytes(2 * PERMUTATIONS))
    return _Places(
        template,
        order,
        len(tonight),
        _column(every, "manner"),
        np.frombuffer(b"".join(filled.to_pylist()), dtype=np.uint16).reshape(-1, PERMUTATIONS),
        has_signature,
        campaign,
        campaigns,
        age,
    )


def _edges(kind: str, templates: pa.Table, keys: pa.Table, matches: pa.Table, places: _Places) -> Edges:
    matched = matches.filter(pc.equal(matches["kind"], kind))
    known_keys, known_places = _column(matched, "key"), places.of(_column(matched, "template"))
    if kind != "text":
        own = keys.filter(pc.equal(keys["kind"], kind))
        own_keys, own_places = _column(own, "key"), places.of(_column(own, "template"))
        return sharing(kind, np.r_[own_keys, known_keys], np.r_[own_places, known_places])
    banded = np.nonzero(places.has_signature[: places.tonight])[0]
    own_keys = pc.list_flatten(templates["bands"]).to_numpy()
    own_places = np.repeat(banded, len(own_keys) // max(1, len(banded)))
    one, other, _ = sharing_pairs(np.r_[own_keys, known_keys], np.r_[own_places, known_places], TEXT_REACH)
    return alike(one, other, places.signature, places.manner)


def _reasons(places: _Places, grouping: Grouping, edges: Edges) -> pa.Table:
    """Of tonight's templates."""
    at = np.arange(places.tonight)
    is_known = places.campaign[at] != NONE
    table = _told(places, grouping, edges, at)
    own = pa.array(places.template[at])
    known = pa.array(is_known)
    columns = {
        "method": pc.if_else(known, "template", table["method"]),
        "similarity": pc.if_else(known, 1.0, table["similarity"]),
        "matched_template": pc.if_else(known, own, table["matched_template"]),
        "key": pc.if_else(known, pa.scalar(None, pa.int64()), table["key"]),
    }
    for name, column in columns.items():
        table = table.set_column(table.schema.get_field_index(name), REASONS.field(name), column)
    return table


def _mergers(places: _Places, grouping: Grouping, edges: Edges) -> pa.Table:
    """The first template of each known campaign that is not the eldest of its component, on the way from the root."""
    order = grouping.order
    campaign, elder = places.campaign[order], places.campaign[grouping.root[order]]
    taken = order[(campaign != NONE) & (campaign != elder)]
    _, first = np.unique(places.campaign[taken], return_index=True)
    at = taken[np.sort(first)]
    told = _told(places, grouping, edges, at)
    names = pa.array([places.campaigns[each] for each in places.campaign[at]], pa.string())
    return told.add_column(0, MERGERS.field("taken_over"), names)


def _told(places: _Places, grouping: Grouping, edges: Edges, at: np.ndarray) -> pa.Table:
    """REASONS of the templates at some places, by the edges that lead from them towards their roots."""
    reason, root = grouping.reason[at], grouping.root[at]
    has_reason = reason != NONE
    edge = np.where(has_reason, reason, 0)
    if not len(edges.method):
        edges = Edges(*(np.zeros(1, kind) for kind in (np.int64, np.int64, np.int8, np.float64, np.int64)))
    key = edges.key[edge]
    before = np.where(has_reason, grouping.before[at], 0)
    method = np.where(has_reason, np.array(METHODS)[edges.method[edge]], "first")
    campaign = [
        places.campaigns[number] if number != NONE else as_id("c-", int(places.template[each]))
        for each, number in zip(root.tolist(), places.campaign[root].tolist(), strict=True)
    ]
    likeness = edges.similarity[edge]
    return pa.table(
        {
            "template": places.template[at],
            "campaign_id": pa.array(campaign, pa.string()),
            "method": pa.array(method, pa.string()),
            "similarity": pa.array(likeness, mask=~has_reason | np.isnan(likeness)),
            "matched_template": pa.array(places.template[before], mask=~has_reason),
            "key": pa.array(key, mask=~has_reason | (key == 0)),
        },
        schema=REASONS,
    )


def _column(source, name: str | None) -> np.ndarray:
    column = source[name] if name else source
    return column.to_numpy(zero_copy_only=False) if isinstance(column, pa.Array) else column.to_numpy()
