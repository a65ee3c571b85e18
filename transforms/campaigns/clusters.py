"""From matched templates to campaigns: components, the eldest as their root, and the reason of every membership."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import breadth_first_order, connected_components, minimum_spanning_tree

from transforms.campaigns.matching import Edges

_SAME = 1e-6
"""Cost of an edge between templates of one known campaign."""
_ROOTED = 1e-9
NONE = -1


@dataclass(frozen=True)
class Grouping:
    """Of each template, by its place: `root`, the eldest of its component; `reason`, the edge that leads from it
    towards the root on a tree of the strongest edges (NONE for roots, and between templates of one known campaign),
    and `before`, the template at the other end. `order` walks all templates from the roots outward.
    """

    root: np.ndarray
    reason: np.ndarray
    before: np.ndarray
    order: np.ndarray


def group(age: np.ndarray, known: np.ndarray, edges: Edges) -> Grouping:
    """Group templates into components.

    `age` ranks them, the eldest first; `known` is a number for the campaign that each belongs to already, or NONE.
    Templates of known campaigns are elder than new ones; by `age` those of an elder campaign come first.
    """
    size = len(age)
    one, other, cost, number = _strongest(edges, size)
    same_one, same_other = _same_campaign(known)
    graph = _matrix(size, np.r_[one, same_one], np.r_[other, same_other], np.r_[cost, np.full(len(same_one), _SAME)])
    count, label = connected_components(graph, directed=False)
    roots = _eldest(age, label, count)
    order, before = _walk(minimum_spanning_tree(graph), roots, size)
    return Grouping(roots[label], _reasons(before, one, other, number, size), before, order)


def _strongest(edges: Edges, size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Each pair once, by its strongest edge: places (low, high), cost, and number of the edge; ordered by pair."""
    low, high = np.minimum(edges.one, edges.other), np.maximum(edges.one, edges.other)
    pair, cost = low.astype(np.int64) * size + high, edges.cost
    order = np.lexsort((edges.key, cost, pair))
    order = order[low[order] != high[order]]
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = pair[order][1:] != pair[order][:-1]
    number = order[is_first]
    return low[number], high[number], cost[number], number


def _same_campaign(known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs that hang the templates of one known campaign together."""
    order = np.lexsort((np.arange(len(known)), known))
    order = order[known[order] != NONE]
    follows = known[order][1:] == known[order][:-1]
    return order[:-1][follows], order[1:][follows]


def _matrix(size: int, one: np.ndarray, other: np.ndarray, cost: np.ndarray) -> csr_matrix:
    """A graph of `size` nodes; of two edges between the same nodes the first counts."""
    _, first = np.unique(np.minimum(one, other).astype(np.int64) * size + np.maximum(one, other), return_index=True)
    return coo_matrix((cost[first], (one[first], other[first])), shape=(size, size)).tocsr()


def _eldest(age: np.ndarray, label: np.ndarray, count: int) -> np.ndarray:
    """The place of the eldest of each component."""
    order = np.argsort(age, kind="stable")[::-1]
    roots = np.empty(count, dtype=np.int64)
    roots[label[order]] = order  # the last write counts
    return roots


def _walk(tree: csr_matrix, roots: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """All places from the roots outward, and the place before each; `size` stands before a root."""
    tree = coo_matrix(tree)
    one, other = np.r_[tree.row, np.full(len(roots), size)], np.r_[tree.col, roots]
    cost = np.r_[tree.data, np.full(len(roots), _ROOTED)]
    grown = coo_matrix((cost, (one, other)), shape=(size + 1, size + 1)).tocsr()
    order, before = breadth_first_order(grown, size, directed=False)
    return order[1:], before[:size]


def _reasons(before: np.ndarray, one: np.ndarray, other: np.ndarray, number: np.ndarray, size: int) -> np.ndarray:
    """The number of the edge between each place and the one before it."""
    places = np.arange(size)
    wanted = np.minimum(places, before).astype(np.int64) * size + np.maximum(places, before)
    pairs = one.astype(np.int64) * size + other
    at = np.searchsorted(pairs, wanted)
    at[at == len(pairs)] = 0
    found = (pairs[at] == wanted) if len(pairs) else np.zeros(size, dtype=bool)
    return np.where(found & (before < size), number[at] if len(pairs) else NONE, NONE)
