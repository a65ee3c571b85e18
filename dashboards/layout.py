"""Where the campaigns of a ring are drawn: a pure function of its links, the same every time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

MOST_NODES, MOST_EDGES = 40, 120
"""What a reader can still tell apart."""
_STEPS = 200

Edge = tuple[str, str, float]
"""Two campaigns, and the weight of all that they share."""


def strongest(edges: Sequence[Edge], nodes: Sequence[str]) -> tuple[list[str], list[Edge]]:
    """The campaigns and links that are drawn: of the first `MOST_NODES` campaigns the `MOST_EDGES` weightiest links,
    those first that hold them together (Kruskal's spanning forest), so that no campaign stands loose for want of room.
    """
    drawn = list(dict.fromkeys(nodes))[:MOST_NODES]
    inside = [edge for edge in edges if edge[0] in set(drawn) and edge[1] in set(drawn)]
    ranked = sorted(inside, key=lambda edge: (-edge[2], edge[0], edge[1]))
    holding = _forest(ranked)
    return drawn, sorted(ranked, key=lambda edge: edge not in holding)[:MOST_EDGES]


def _forest(ranked: Sequence[Edge]) -> set[Edge]:
    part: dict[str, str] = {}

    def root(name: str) -> str:
        while part.setdefault(name, name) != name:
            part[name] = name = part[part[name]]
        return name

    kept = set()
    for edge in ranked:
        one, other = root(edge[0]), root(edge[1])
        if one != other:
            part[one] = other
            kept.add(edge)
    return kept


def place(nodes: Sequence[str], edges: Sequence[Edge]) -> dict[str, tuple[float, float]]:
    """A place from -1 to 1 for each campaign: linked ones near, all of them apart.

    Fruchterman and Reingold, Graph drawing by force-directed placement, 1991, begun on a circle. At most `MOST_NODES`
    nodes are meant: the cost grows with their square.
    """
    if not nodes:
        return {}
    index = {name: number for number, name in enumerate(nodes)}
    angles = np.linspace(0, 2 * np.pi, len(nodes), endpoint=False)
    points = np.column_stack([np.cos(angles), np.sin(angles)])
    pull = np.zeros((len(nodes), len(nodes)))
    for one, other, weight in edges:
        pull[index[one], index[other]] = pull[index[other], index[one]] = min(weight, 3.0)
    for step in range(_STEPS):
        points = _moved(points, pull, 0.12 * (1 - step / _STEPS))
    return dict(zip(nodes, map(tuple, _fitted(points).tolist()), strict=True))


def _moved(points: np.ndarray, pull: np.ndarray, most: float) -> np.ndarray:
    apart = points[:, None, :] - points[None, :, :]
    distance = np.maximum(np.linalg.norm(apart, axis=2), 0.01)
    ideal = 1.4 / np.sqrt(len(points))
    force = ideal**2 / distance**2 - pull * distance / ideal
    shift = (apart * force[:, :, None]).sum(axis=1) - 0.3 * points
    length = np.maximum(np.linalg.norm(shift, axis=1, keepdims=True), 1e-9)
    return points + shift / length * np.minimum(length, most)


def _fitted(points: np.ndarray) -> np.ndarray:
    """Turned so that the longer way lies across the page, and scaled to it."""
    points = points - points.mean(axis=0)
    points = points @ np.linalg.svd(points, full_matrices=False)[2].T if len(points) > 1 else points
    middle = (points.max(axis=0) + points.min(axis=0)) / 2
    span = np.maximum((points.max(axis=0) - points.min(axis=0)) / 2, 1e-9)
    return (points - middle) / (span if len(points) > 2 else span.max())
