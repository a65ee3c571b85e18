"""Single holdings that alone would make one ring of two: a number dialled wrong, a forged sender, a quoted site."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from transforms.rings.holdings import Holdings
from transforms.rings.pairs import shared_values
from transforms.rings.rules import CORROBORATION, ESTABLISHED, MOST_JOINTS

Graph = dict[int, list[int]]
"""Campaigns and the values that they hold, both ways: a campaign is `seniority`, a value -1 less its number."""


def stray_holdings(held: Holdings, pairs: np.ndarray) -> set[tuple[int, int]]:
    """(campaign, value) numbers of what must not count, for the tied `pairs` would be two rings without it.

    A holding is stray if it is all that joins two groups of `ESTABLISHED` campaigns or more: one value of one campaign,
    with nothing else beside. Of several in a row the value with the fewest holders goes first.
    """
    graph = _graph(held, pairs)
    by_age = np.argsort(held.seniority)
    seen: set[int] = set()
    found: set[tuple[int, int]] = set()
    for root in sorted(node for node in graph if node >= 0):
        if root not in seen:
            order, parent = _walk(graph, root)
            seen.update(order)
            found.update((int(by_age[max(edge)]), -1 - min(edge)) for edge in _strays(held, graph, order, parent))
    return found


def _strays(held: Holdings, graph: Graph, order: list[int], parent: dict[int, int]) -> list[tuple[int, int]]:
    """The stray edges of one part of the graph."""
    size = {node: int(node >= 0) for node in order}
    if sum(size.values()) < 2 * ESTABLISHED:
        return []

    def strength(node: int) -> tuple[float, ...]:
        campaign, value = max(node, parent[node]), -1 - min(node, parent[node])
        return held.degree[value], held.weight[value], value, -campaign

    joints = sorted(_joints(graph, order, parent, size), key=strength)
    return _cut(joints[:MOST_JOINTS], parent, size)


def without(held: Holdings, strays: set[tuple[int, int]]) -> Holdings:
    """The same holdings less some."""
    rows = zip(held.campaign.tolist(), held.value.tolist(), strict=True)
    return held.kept(np.array([row not in strays for row in rows], dtype=bool))


def _graph(held: Holdings, pairs: np.ndarray) -> Graph:
    """What ties the pairs, each value once, however many pairs share it."""
    pair, value = shared_values(held, pairs)
    is_telling = held.weight[value] >= CORROBORATION
    pair, value = pair[is_telling], value[is_telling]
    campaign = held.seniority[pairs[pair]]
    edges = np.unique(np.concatenate([np.stack([each, -1 - value], axis=1) for each in campaign.T]), axis=0)
    graph: Graph = defaultdict(list)
    for one, other in edges.tolist():
        graph[one].append(other)
        graph[other].append(one)
    return graph


def _walk(graph: Graph, root: int) -> tuple[list[int], dict[int, int]]:
    """The nodes of a part in the order of a search in depth, and the node from which each was reached."""
    order: list[int] = []
    parent: dict[int, int] = {}
    seen: set[int] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if node not in seen:
            seen.add(node)
            order.append(node)
            further = [other for other in graph[node] if other not in seen]
            parent.update(dict.fromkeys(further, node))
            stack += further
    return order, parent


def _joints(graph: Graph, order: list[int], parent: dict[int, int], size: dict[int, int]) -> list[int]:
    """Nodes whose edge to their parent is all that joins what lies behind it: `ESTABLISHED` campaigns on either side.

    In a search in depth, every edge that is not walked leads to a forebear: behind a joint, no edge leads to a node
    before it (Tarjan). `size` becomes the count of campaigns from each node on.
    """
    place = {node: number for number, node in enumerate(order)}
    lowest = dict(place)
    found = []
    for node in reversed(order[1:]):
        above = parent[node]
        lowest[node] = min(lowest[node], *(place[other] for other in graph[node] if other != above), place[node])
        lowest[above] = min(lowest[above], lowest[node])
        size[above] += size[node]
        if lowest[node] == place[node]:
            found.append(node)
    return [node for node in found if ESTABLISHED <= size[node] <= size[order[0]] - ESTABLISHED]


def _cut(joints: list[int], parent: dict[int, int], size: dict[int, int]) -> list[tuple[int, int]]:
    """Edges cut at `joints`, in their order, as long as either piece still has `ESTABLISHED` campaigns."""
    found = []
    for node in joints:
        line = [node]
        while line[-1] in parent:
            line.append(parent[line[-1]])
        if ESTABLISHED <= size[node] <= size[line[-1]] - ESTABLISHED:
            for forebear in line[1:]:
                size[forebear] -= size[node]
            found.append((node, parent.pop(node)))
    return found
