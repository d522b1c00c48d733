"""Measures of paths and connection: betweenness, closeness, components, distances. Ties count as one step each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import rustworkx as rx
from scipy.sparse import csgraph

from graph_api.collaboration.tables import FloatArray, IntArray

_DIGITS = 12
"""Rustworkx adds in several threads: beyond this many digits a sum depends on which of them was first."""

_BLOCK = 32

_SHALLOW = 12
"""Up to this many steps from the middle to the edge of a network, a search by matrix products is the faster."""


def to_rustworkx(pattern: Any) -> rx.PyGraph[None, None]:
    """Return the graph of a symmetric matrix."""
    graph: rx.PyGraph[None, None] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * pattern.shape[0])
    table = pattern.tocoo()
    upper = table.row < table.col
    graph.extend_from_edge_list(list(zip(table.row[upper].tolist(), table.col[upper].tolist(), strict=True)))
    return graph


def betweenness(pattern: Any) -> FloatArray:
    """Return the share of shortest paths between two others that pass through each node, exactly.

    L. C. Freeman, "A set of measures of centrality based on betweenness", Sociometry 40, 1977; computed as in U. Brandes,
    "A faster algorithm for betweenness centrality", Journal of Mathematical Sociology 25, 2001. Divided by (n − 1)(n − 2)/2.
    """
    size = pattern.shape[0]
    if _depth(pattern) > _SHALLOW:
        found = rx.graph_betweenness_centrality(to_rustworkx(pattern), normalized=True)
        return _rounded([found[node] for node in range(size)])
    total = np.zeros(size)
    for first in range(0, size, _BLOCK):
        total += _dependencies(pattern, np.arange(first, min(first + _BLOCK, size))).sum(axis=1)
    return _rounded(total / max((size - 1) * (size - 2), 1))


def _depth(pattern: Any) -> int:
    """Return how many steps it takes from the best tied node of the largest component to the furthest."""
    if pattern.nnz == 0:
        return 0
    inside = np.flatnonzero(components(pattern) == 0)
    start = inside[np.argmax(np.diff(pattern.indptr)[inside])]
    steps = csgraph.dijkstra(pattern, directed=False, indices=int(start), unweighted=True)
    return int(steps[inside].max())


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """Betweenness from a sample: the estimate, its standard error a node, and a bound that holds for all nodes.

    With probability `certainty`, no node is further from its true value than `bound` (Hoeffding's inequality over the
    sampled sources, with a union over the nodes).
    """

    values: FloatArray
    errors: FloatArray
    bound: float
    certainty: float
    sources: int


def sampled_betweenness(pattern: Any, sources: int, *, seed: int = 1, certainty: float = 0.95) -> Sampled:
    """Return betweenness estimated from the shortest paths that start at some nodes, drawn with equal chances.

    U. Brandes and C. Pich, "Centrality estimation in large networks", International Journal of Bifurcation and Chaos
    17, 2007. The draw depends on `seed` alone. All nodes as sources give the exact value, without error.
    """
    size = pattern.shape[0]
    drawn = np.sort(np.random.default_rng(seed).permutation(size)[:sources])
    total, squares = np.zeros(size), np.zeros(size)
    for first in range(0, len(drawn), _BLOCK):
        shares = _dependencies(pattern, drawn[first : first + _BLOCK]) / max(size - 2, 1)
        total += shares.sum(axis=1)
        squares += (shares**2).sum(axis=1)
    number = max(len(drawn), 1)
    mean = total / number
    left_out = math.sqrt(max(size - number, 0) / max(size - 1, 1))  # the sample is drawn without replacement
    spread = np.maximum(squares / number - mean**2, 0) * number / max(number - 1, 1)
    factor = size / max(size - 1, 1)  # a node is never between itself and another
    bound = factor * math.sqrt(math.log(2 * max(size, 1) / (1 - certainty)) / (2 * number)) if left_out else 0.0
    errors = factor * np.sqrt(spread / number) * left_out
    return Sampled(_rounded(mean * factor), _rounded(errors), bound, certainty, len(drawn))


def _dependencies(pattern: Any, sources: IntArray) -> FloatArray:
    """Return Brandes' dependency of each source (column) on each node (row).

    Breadth-first search of all sources at once: a step is a product with the matrix, so that shallow networks, as projections
    of consortia are, need few of them.
    """
    size, columns = pattern.shape[0], np.arange(len(sources))
    paths = np.zeros((size, len(sources)))
    paths[sources, columns] = 1.0
    levels, reached = [paths.copy()], paths > 0
    while True:
        nearer = pattern @ levels[-1]
        nearer[reached] = 0.0
        if not nearer.any():
            break
        reached |= nearer > 0
        paths += nearer
        levels.append(nearer)
    given = np.zeros_like(paths)
    unreached = np.where(reached, paths, 1.0)
    for near, far in zip(levels[-2::-1], levels[:0:-1], strict=True):
        back = np.where(far > 0, (1.0 + given) / unreached, 0.0)
        given += near * (pattern @ back)
    given[sources, columns] = 0.0
    return given


def closeness(pattern: Any) -> FloatArray:
    """Return (r − 1)/(n − 1) · (r − 1)/Σ distances, r being the number of nodes that a node can reach, itself included.

    L. C. Freeman, "Centrality in social networks: conceptual clarification", Social Networks 1, 1979, with the
    factor for networks of several components of S. Wasserman and K. Faust, "Social Network Analysis", 1994, p. 201.
    """
    found = rx.graph_closeness_centrality(to_rustworkx(pattern), wf_improved=True)
    return _rounded([found[node] for node in range(pattern.shape[0])])


def components(pattern: Any) -> IntArray:
    """Return the number of each node's component: 0 for the largest; of equals, the one with the first node.

    J. Hopcroft and R. Tarjan, "Algorithm 447: efficient algorithms for graph manipulation", Communications of the ACM
    16, 1973.
    """
    _, labels = csgraph.connected_components(pattern, directed=False)
    sizes = np.bincount(labels)
    first = np.full(len(sizes), pattern.shape[0])
    np.minimum.at(first, labels, np.arange(pattern.shape[0]))
    rank = np.empty(len(sizes), np.int32)
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    ranked: IntArray = rank[labels]
    return ranked


def mean_distance(pattern: Any, *, sources: int | None = None, seed: int = 1) -> float:
    """Return the mean number of steps between two nodes of a connected network, from some sources or from all."""
    size = pattern.shape[0]
    if size < 2:
        return 0.0
    drawn = np.random.default_rng(seed).permutation(size)[: sources or size]
    total = 0.0
    for first in range(0, len(drawn), _BLOCK):
        steps = csgraph.dijkstra(pattern, directed=False, indices=drawn[first : first + _BLOCK], unweighted=True)
        total += float(steps.sum())
    return float(total / (len(drawn) * (size - 1)))


def _rounded(values: Any) -> FloatArray:
    """Round to the digits on which all runs agree."""
    array = np.asarray(values, np.float64)
    scale = 10.0 ** (_DIGITS - 1 - np.floor(np.log10(np.where(array == 0, 1.0, np.abs(array)))))
    rounded: FloatArray = np.round(array * scale) / scale
    return rounded
