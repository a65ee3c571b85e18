"""Links between campaigns: which two share enough rare values to be one ring's, and what the values are."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_array
from scipy.sparse.csgraph import minimum_spanning_tree

from transforms.rings.holdings import Holdings, holdings, place_in_group
from transforms.rings.pairs import candidate_pairs, shared_values, tied_pairs
from transforms.rings.rules import EVIDENCE_PER_KIND, EXTRA_PAIRS
from transforms.rings.strays import stray_holdings, without
from transforms.tables.campaign_indicators import INDICATOR_KINDS
from transforms.tables.ring_links import RING_LINKS

LINK_SCHEMA = pa.schema([field for field in RING_LINKS.schema if field.name != "rules_version"])
INDICATOR_COLUMNS = ("campaign_id", "kind", "value", "message_count", "first_seen_at", "last_seen_at")


def find_links(indicators: pa.Table, campaign_sizes: dict[str, int]) -> pa.Table:
    """Rows of `ring_links` without their version: a row a pair of tied campaigns and a value that both hold.

    `indicators` has the columns `INDICATOR_COLUMNS`, under present campaign ids, in any order; rows of one campaign
    and value are added up. `campaign_sizes` counts the messages of every campaign, of those without indicators too.
    Of the pairs of a ring only as many are kept as hold it together, and the strongest few beside. The same facts give
    the same rows in the same order; time and memory grow with the rows of `indicators`.
    """
    held = holdings(indicators.select(INDICATOR_COLUMNS), campaign_sizes)
    pairs, strength = tied_pairs(held, candidate_pairs(held))
    if strays := stray_holdings(held, pairs):
        held = without(held, strays)
        pairs, strength = tied_pairs(held, candidate_pairs(held))
    return _rows(held, pairs[_is_kept(pairs, strength, len(held.campaigns))])


def _is_kept(pairs: np.ndarray, strength: np.ndarray, campaign_count: int) -> np.ndarray:
    """The strongest spanning forest, and the `EXTRA_PAIRS` strongest others of each campaign: 5 a campaign at most."""
    if not len(pairs):
        return np.zeros(0, dtype=bool)
    costs = csr_array((strength.max() + 1 - strength, (pairs[:, 0], pairs[:, 1])), shape=(campaign_count,) * 2)
    forest = minimum_spanning_tree(costs).tocoo()
    codes = pairs[:, 0] * campaign_count + pairs[:, 1]
    is_kept = np.isin(codes, forest.row.astype(np.int64) * campaign_count + forest.col)
    further = np.flatnonzero(~is_kept)
    ends, edges = pairs[further].T.ravel(), np.tile(further, 2)
    order = np.lexsort((edges, -strength[edges], ends))
    is_kept[edges[order][place_in_group(ends[order]) < EXTRA_PAIRS]] = True
    return is_kept


def _rows(held: Holdings, pairs: np.ndarray) -> pa.Table:
    pair, value = _evidence(held, *shared_values(held, pairs))
    one, other = pairs[pair].T
    first, last = _seen_together(held, one, other, value)
    columns = {
        "campaign_id": held.campaigns.take(pa.array(one)),
        "other_campaign_id": held.campaigns.take(pa.array(other)),
        "kind": held.values["kind"].take(pa.array(value)),
        "value": held.values["value"].take(pa.array(value)),
        "weight": held.weight[value],
        "campaign_count": held.degree[value].astype(np.int32),
        "first_seen_at": first,
        "last_seen_at": last,
    }
    return pa.table(columns).cast(LINK_SCHEMA)


def _evidence(held: Holdings, pair: np.ndarray, value: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The `EVIDENCE_PER_KIND` heaviest values that each pair shares of a kind."""
    order = np.lexsort((value, -held.weight[value], held.kind[value], pair))
    pair, value = pair[order], value[order]
    is_told = place_in_group(pair * len(INDICATOR_KINDS) + held.kind[value]) < EVIDENCE_PER_KIND
    return pair[is_told], value[is_told]


def _seen_together(held: Holdings, one: np.ndarray, other: np.ndarray, value: np.ndarray) -> tuple[pa.Array, pa.Array]:
    """First and last capture of a message of either campaign with the value."""
    codes = held.value * len(held.campaigns) + held.campaign
    rows = [np.searchsorted(codes, value * len(held.campaigns) + campaign) for campaign in (one, other)]
    first, last = ([held.seen[name].take(pa.array(each)) for each in rows] for name in held.seen.column_names)
    return pc.min_element_wise(*first), pc.max_element_wise(*last)
