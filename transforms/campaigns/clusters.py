"""From matched templates to campaigns: components, the elder's id, and the reason of every membership."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import breadth_first_order, connected_components, minimum_spanning_tree

from transforms.campaigns.digests import as_id
from transforms.campaigns.matching import Edge

_COSTS = {"text": 1.0, "link": 2.0, "attachment": 2.1, "contact": 2.2}
_KNOWN = 0.001


@dataclass(frozen=True)
class Node:
    """A template: `age` orders templates from the eldest on; `campaign_id` is its present campaign, if it has one."""

    template: int
    age: tuple
    campaign_id: str | None = None


@dataclass
class Grouping:
    """Campaign and reason of each new template (None: the first of its campaign), and campaigns that were taken over.

    `merged` holds (campaign, the elder that took it over, the edge that joined them).
    """

    campaign_of: dict[int, str] = field(default_factory=dict)
    reason_of: dict[int, Edge | None] = field(default_factory=dict)
    merged: list[tuple[str, str, Edge]] = field(default_factory=list)


def group(nodes: list[Node], edges: Iterable[Edge], elder: dict[str, tuple]) -> Grouping:
    """Put every new node into a campaign.

    `elder` orders known campaigns from the eldest on. What one component holds is one campaign: a new one if all its
    nodes are new, else the eldest known; the other known ones are taken over by it. The reason of a node is the edge
    that leads from it towards the eldest on a tree of the strongest edges.
    """
    place = {node.template: at for at, node in enumerate(nodes)}
    strongest = _strongest(edges, place)
    graph = _graph(nodes, strongest)
    count, labels = connected_components(graph, directed=False)
    roots = _roots(nodes, labels, count, elder)
    order, before = _walk(minimum_spanning_tree(graph), nodes, roots)
    result = Grouping()
    ids = [nodes[root].campaign_id or as_id("c-", nodes[root].template) for root in roots]
    seen = {nodes[root].campaign_id for root in roots}
    for at in order:
        node, previous, campaign_id = nodes[at], before[at], ids[labels[at]]
        edge = strongest.get((min(at, previous), max(at, previous))) if previous < len(nodes) else None
        if node.campaign_id is None:
            result.campaign_of[node.template] = campaign_id
            result.reason_of[node.template] = _turned(edge, node.template)
        elif node.campaign_id not in seen:
            seen.add(node.campaign_id)
            result.merged.append((node.campaign_id, campaign_id, _turned(edge, node.template)))
    return result


def _strongest(edges: Iterable[Edge], place: dict[int, int]) -> dict[tuple[int, int], Edge]:
    strongest: dict[tuple[int, int], Edge] = {}
    for edge in edges:
        one, other = place[edge.one], place[edge.other]
        pair = (one, other) if one < other else (other, one)
        if one != other and (pair not in strongest or _cost(edge) < _cost(strongest[pair])):
            strongest[pair] = edge
    return strongest


def _cost(edge: Edge) -> float:
    return _COSTS[edge.method] - (edge.similarity or 0.0) * 0.9


def _graph(nodes: list[Node], strongest: dict[tuple[int, int], Edge]) -> csr_matrix:
    """Edges by their cost; known nodes of one campaign hang together for next to nothing."""
    links = [(one, other, _cost(edge)) for (one, other), edge in strongest.items()]
    first: dict[str, int] = {}
    for at, node in enumerate(nodes):
        if node.campaign_id is not None and first.setdefault(node.campaign_id, at) != at:
            links.append((first[node.campaign_id], at, _KNOWN))
    one, other, cost = zip(*links, strict=True) if links else ((), (), ())
    return coo_matrix((np.array(cost), (one, other)), shape=(len(nodes), len(nodes))).tocsr()


def _roots(nodes: list[Node], labels: np.ndarray, count: int, elder: dict[str, tuple]) -> list[int]:
    """The node of each component that it is named by: one of the eldest known campaign, else the eldest."""
    roots: list[int | None] = [None] * count
    ranks: list[tuple] = [()] * count
    for at, node in enumerate(nodes):
        is_new = node.campaign_id is None
        rank = (is_new, node.age if is_new else elder[node.campaign_id], at)
        label = labels[at]
        if roots[label] is None or rank < ranks[label]:
            roots[label], ranks[label] = at, rank
    return roots


def _walk(tree: csr_matrix, nodes: list[Node], roots: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """All nodes from their roots outward, and the node before each; `len(nodes)` stands before a root."""
    size = len(nodes)
    start = coo_matrix((np.ones(len(roots)), ([size] * len(roots), roots)), shape=(size + 1, size + 1))
    tree = coo_matrix(tree)
    grown = coo_matrix((tree.data, (tree.row, tree.col)), shape=(size + 1, size + 1))
    order, before = breadth_first_order((start + grown).tocsr(), size, directed=False)
    return order[1:], before


def _turned(edge: Edge | None, template: int) -> Edge | None:
    """The edge with the given template as its first."""
    if edge is None or edge.one == template:
        return edge
    return edge._replace(one=edge.other, other=edge.one)
