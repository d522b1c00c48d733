"""Positions for the nodes of a map: the same on every run, in time that grows little faster than the network.

Each component is placed by itself and the components are then packed on shelves. In a component, a first picture comes
from pivot MDS (U. Brandes and C. Pich, "Eigensolver methods for progressive multidimensional scaling of large data",
Graph Drawing 2006): distances from some pivots, centred, and their two largest singular directions. Forces then
spread it out, in shorter and shorter steps (T. M. J. Fruchterman and E. M. Reingold, "Graph drawing by force-directed
placement", Software: Practice and Experience 21, 1991). The forces are near those of A. Noack, "Energy models for graph
clustering" (Journal of Graph Algorithms and Applications 11, 2007): pulls that grow slowly with distance and pushes in
proportion to degrees, which draw groups that work together apart from each other. At the end
nodes that still cover each other are pushed apart.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph
from scipy.spatial import cKDTree

Positions = NDArray[np.float64]

SPACING = 90.0
"""The distance, in units of the map, that an edge would like to have."""

_PIVOTS = 50
_STEPS = 120
_STRENGTH = 60.0
_GRAVITY = 0.3
_ALL_PAIRS = 600  # up to this size every node repels every other; beyond it, near nodes and the centres of cells do
_GRID = 24
_MARGIN = 20.0  # between the rims of two nodes


@dataclass(frozen=True, slots=True)
class _Component:
    """Some nodes, their edges (positions in `nodes`), and the radius of each node."""

    nodes: list[Hashable]
    ends: NDArray[np.int64]  # 2 × edges
    radii: NDArray[np.float64]


def lay_out(
    graph: nx.Graph, *, radii: Mapping[Hashable, float] | None = None, seed: int = 1
) -> dict[Hashable, tuple[float, float]]:
    """Return a position for every node, to one decimal, in the sort order of the nodes.

    `radii` are the sizes of the nodes, which are kept from covering each other. `seed` breaks ties where the network
    looks the same from several sides; positions depend on nothing else than the arguments.
    """
    sizes = radii or {}
    components = [_component(graph, part, sizes) for part in nx.connected_components(graph)]
    components.sort(key=lambda part: (-len(part.nodes), str(part.nodes[0])))
    drawn = [_draw(part, np.random.default_rng([seed, number])) for number, part in enumerate(components)]
    placed = _pack(drawn, [part.radii for part in components])
    found = {
        node: (round(float(x), 1), round(float(y), 1))
        for part, positions in zip(components, placed, strict=True)
        for node, (x, y) in zip(part.nodes, positions, strict=True)
    }
    return {node: found[node] for node in sorted(graph.nodes, key=str)}


def _component(graph: nx.Graph, part: set[Hashable], sizes: Mapping[Hashable, float]) -> _Component:
    nodes = sorted(part, key=str)
    place = {node: position for position, node in enumerate(nodes)}
    edges = sorted(sorted((place[a], place[b])) for a, b in graph.subgraph(part).edges if a != b)
    ends = np.array(edges, dtype=np.int64).reshape(-1, 2).T
    return _Component(nodes, ends, np.array([sizes.get(node, 8.0) for node in nodes]))


def _draw(part: _Component, random: np.random.Generator) -> Positions:
    if len(part.nodes) == 1:
        return np.zeros((1, 2))
    positions = _pivot_mds(part) + random.normal(scale=SPACING / 20, size=(len(part.nodes), 2))
    positions = _separate(_spread(positions, part), part.radii)
    return _level(positions)


def _pivot_mds(part: _Component) -> Positions:
    """Return the two largest directions of the doubly centred squared distances to the pivots."""
    size = len(part.nodes)
    links = sparse.coo_array((np.ones(part.ends.shape[1]), tuple(part.ends)), shape=(size, size)).tocsr()
    squares = _pivot_distances(links, min(size, _PIVOTS)) ** 2
    centred = squares - squares.mean(0) - squares.mean(1, keepdims=True) + squares.mean()
    left, values, _ = np.linalg.svd(centred, full_matrices=False)
    flat = left[:, :2] * np.sqrt(values[:2])
    if flat.shape[1] < 2:
        flat = np.column_stack([flat, np.zeros(size)])
    return _scale(_draw_in(flat * _signs(flat)), SPACING * np.sqrt(size) / 2)


def _signs(columns: Positions) -> Positions:
    """Return for each column the sign of its largest value: a singular vector is only known up to its sign.

    Of values that differ by rounding alone, which is not the same on every processor, the first one counts.
    """
    sizes = np.abs(columns)
    first = (sizes >= sizes.max(0) * (1 - 1e-6)).argmax(0)
    signs: Positions = np.sign(columns[first, np.arange(columns.shape[1])])
    return np.where(signs == 0, 1, signs)


def _pivot_distances(links: Any, count: int) -> Positions:
    """Return the distances from pivots, each the farthest from those before it."""
    columns: list[Positions] = []
    nearest = np.full(links.shape[0], np.inf)
    pivot = 0
    for _ in range(count):
        distances = csgraph.shortest_path(links, directed=False, unweighted=True, indices=pivot)
        columns.append(distances)
        nearest = np.minimum(nearest, distances)
        pivot = int(nearest.argmax())
    return np.stack(columns, axis=1)


def _draw_in(positions: Positions) -> Positions:
    """Bring what lies far outside nearer, in its direction, so that a few outliers do not make all the rest small."""
    centred = positions - np.median(positions, axis=0)
    distance = np.maximum(np.sqrt((centred**2).sum(1, keepdims=True)), 1e-9)
    edge = max(float(np.quantile(distance, 0.9)), 1e-9)
    beyond = edge * (1 + np.log(np.maximum(distance / edge, 1)) / 2)
    drawn: Positions = centred / distance * np.minimum(distance, beyond)
    return drawn


def _scale(positions: Positions, spread: float) -> Positions:
    """Centre the positions and give them this root mean square distance from the centre."""
    centred = positions - positions.mean(0)
    size = np.sqrt((centred**2).sum(1).mean())
    scaled: Positions = centred * (spread / size) if size > 0 else centred
    return scaled


def _spread(positions: Positions, part: _Component) -> Positions:
    """Let edges pull and nodes push, in steps that grow shorter."""
    size = len(positions)
    mass: Positions = np.bincount(part.ends.ravel(), minlength=size).astype(np.float64) + 1.0
    balance = 2.0 * SPACING * part.ends.shape[1] / mass.sum() ** 2  # edges come to rest at about SPACING
    for temperature in np.geomspace(SPACING * np.sqrt(size) / 6, SPACING * 0.02, _STEPS):
        forces = balance * mass[:, None] * _repulsion(positions, mass) - _attraction(positions, part.ends)
        forces -= _GRAVITY * mass[:, None] * positions / (SPACING * np.sqrt(size))
        forces *= _STRENGTH / mass[:, None]
        length = np.maximum(np.sqrt((forces**2).sum(1, keepdims=True)), 1e-9)
        positions = positions + forces / length * np.minimum(length, temperature)
    return _scale(
        _draw_in(positions), 0.83 * SPACING * size**0.38
    )  # grows more slowly than the area: large maps are dense


def _attraction(positions: Positions, ends: NDArray[np.int64]) -> Positions:
    """Return a pull that grows with the root of the distance, so that a far partner does not tear a group apart."""
    difference = positions[ends[0]] - positions[ends[1]]
    distance = np.maximum(np.sqrt((difference**2).sum(1)), 1e-9)
    return _gather(difference / np.sqrt(distance * SPACING)[:, None], ends, len(positions))


def _repulsion(positions: Positions, mass: Positions) -> Positions:
    """Return the push of all others on each node: mass over distance; far from a crowd, that of the crowd's centre."""
    if len(positions) <= _ALL_PAIRS:
        return _push(positions, positions, mass, 1.0)
    low, high = positions.min(0), positions.max(0)
    cells = ((positions - low) / (high - low).max() * (_GRID - 1e-6)).astype(np.int64)
    _, cell = np.unique(cells[:, 0] * _GRID + cells[:, 1], return_inverse=True)
    total: Positions = np.bincount(cell, mass).astype(np.float64)
    centres = np.stack([np.bincount(cell, mass * positions[:, axis]) / total for axis in (0, 1)], axis=1)
    side = float((high - low).max()) / _GRID
    pairs = cKDTree(positions).query_pairs(min(side, SPACING), output_type="ndarray").T
    difference = positions[pairs[0]] - positions[pairs[1]]
    near = difference / np.maximum((difference**2).sum(1), 1.0)[:, None]
    weight = np.sqrt(mass[pairs[0]] * mass[pairs[1]])[:, None]
    return _push(positions, centres, total, (side / 2) ** 2) + _gather(near * weight, pairs, len(positions))


def _push(positions: Positions, centres: Positions, mass: Positions, softening: float) -> Positions:
    x = positions[:, 0, None] - centres[:, 0]
    y = positions[:, 1, None] - centres[:, 1]
    strength = mass / (x * x + y * y + softening)
    return np.stack([(x * strength).sum(1), (y * strength).sum(1)], axis=1)


def _gather(forces: Positions, ends: NDArray[np.int64], size: int) -> Positions:
    """Add up the forces on each node: as they are for the first of a pair, reversed for the second."""
    columns = [
        np.bincount(ends[0], forces[:, axis], size) - np.bincount(ends[1], forces[:, axis], size) for axis in (0, 1)
    ]
    return np.stack(columns, axis=1)


def _separate(positions: Positions, radii: Positions) -> Positions:
    """Push apart nodes that cover each other."""
    reach = 2 * float(radii.max()) + _MARGIN
    for _ in range(60):
        pairs = cKDTree(positions).query_pairs(reach, output_type="ndarray").T
        difference = positions[pairs[0]] - positions[pairs[1]]
        distance = np.maximum(np.sqrt((difference**2).sum(1)), 1e-6)
        overlap = radii[pairs[0]] + radii[pairs[1]] + _MARGIN - distance
        covered = overlap > 0
        if not covered.any():
            break
        push = difference[covered] / distance[covered, None] * (overlap[covered, None] / 2)
        positions = positions + _gather(push, pairs[:, covered], len(positions))
    return positions


def _level(positions: Positions) -> Positions:
    """Turn the picture so that it is wider than high, as screens are."""
    centred = positions - positions.mean(0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    turned: Positions = centred @ (axes.T * _signs(axes.T))
    return turned


def _pack(drawn: list[Positions], radii: list[Positions]) -> list[Positions]:
    """Put the components in columns, the first one (the largest) at the top left."""
    if not drawn:
        return []
    corners = [(p - r[:, None]).min(0) - SPACING / 3 for p, r in zip(drawn, radii, strict=True)]
    sizes = [(p + r[:, None]).max(0) + SPACING / 3 - c for p, r, c in zip(drawn, radii, corners, strict=True)]
    area = sum(float(size[0] * size[1]) for size in sizes)
    height = max(*(size[1] for size in sizes), np.sqrt(area / 1.6))
    placed, x, y, column = [], 0.0, 0.0, 0.0
    for positions, corner, size in zip(drawn, corners, sizes, strict=True):
        if y > 0 and y + size[1] > height:
            x, y, column = x + column, 0.0, 0.0
        placed.append(positions - corner + [x, y])
        y, column = y + size[1], max(column, size[0])
    return placed
