"""Measures of how well a node is tied, from its own ties and those of its neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import rustworkx as rx
from scipy import sparse

from graph_api.collaboration.tables import FloatArray, IntArray
from graph_api.networks.paths import to_rustworkx
from loaders.errors import CannotRunError

_ROWS = 2048
"""Rows of a matrix product that are held at a time."""


def degree(pattern: Any) -> IntArray:
    """Return the number of partners (L. C. Freeman, "Centrality in social networks", Social Networks 1, 1979)."""
    degrees: IntArray = np.diff(pattern.indptr).astype(np.int32)
    return degrees


def strength(adjacency: Any) -> FloatArray:
    """Return the sum of the weights of a node's ties.

    A. Barrat et al., "The architecture of complex weighted networks", PNAS 101, 2004.
    """
    return np.asarray(adjacency.sum(axis=1), np.float64)


def pagerank(adjacency: Any, *, damping: float = 0.85, tolerance: float = 1e-12, rounds: int = 1000) -> FloatArray:
    """Return the chance of meeting each node on a walk that follows ties by their weight and restarts at times.

    S. Brin and L. Page, "The anatomy of a large-scale hypertextual web search engine", Computer Networks 30, 1998.
    Nodes without ties hand on their share evenly.
    """
    size = adjacency.shape[0]
    if size == 0:
        return np.zeros(0)
    sums = strength(adjacency)
    steps = (adjacency.T @ sparse.diags_array(np.divide(1.0, sums, out=np.zeros(size), where=sums > 0))).tocsr()
    rank: FloatArray = np.full(size, 1.0 / size)
    for _ in range(rounds):
        last = rank
        rank = damping * (steps @ last + last[sums == 0].sum() / size) + (1 - damping) / size
        if np.abs(rank - last).sum() < tolerance:
            return np.asarray(rank, np.float64)
    raise CannotRunError("PageRank did not settle. Leave out ties of extreme weight, or use a damping below 0.99.")


def eigenvector(adjacency: Any, *, tolerance: float = 1e-10, rounds: int = 20_000) -> FloatArray:
    """Return the leading eigenvector of the weights, of length 1: who is tied to those who are well tied.

    P. Bonacich, "Power and centrality: a family of measures", American Journal of Sociology 92, 1987. In a network
    of several components only the one with the largest eigenvalue has values above 0.
    """
    size = adjacency.shape[0]
    if adjacency.nnz == 0:
        return np.zeros(size)
    largest = float(adjacency.data.max())
    vector = np.full(size, size**-0.5)
    for _ in range(rounds):
        last = vector
        vector = adjacency @ last / largest + last  # the shift keeps bipartite networks from swinging
        vector /= np.linalg.norm(vector)
        if np.abs(vector - last).sum() < tolerance:
            return np.where(vector < 1e-9, 0.0, vector)
    raise CannotRunError(
        "The leading eigenvector did not settle: two parts of the network tie. Take one component alone."
    )


def core(pattern: Any) -> IntArray:
    """Return the largest k such that a node belongs to a part where everybody has k partners within it.

    S. B. Seidman, "Network structure and minimum degree", Social Networks 5, 1983.
    """
    found: Mapping[int, int] = rx.core_number(to_rustworkx(pattern))  # type: ignore[assignment]
    return np.array([found[node] for node in range(pattern.shape[0])], np.int32)


def triangles(pattern: Any) -> FloatArray:
    """Return the number of pairs of a node's partners that are partners themselves."""
    found = np.zeros(pattern.shape[0])
    for first in range(0, pattern.shape[0], _ROWS):
        rows = pattern[first : first + _ROWS]
        found[first : first + _ROWS] = np.asarray((rows @ pattern).multiply(rows).sum(axis=1))
    return found / 2


def clustering(pattern: Any) -> FloatArray:
    """Return the share of pairs of a node's partners that are partners themselves; 0 with fewer than two partners.

    D. J. Watts and S. H. Strogatz, "Collective dynamics of small-world networks", Nature 393, 1998. Every consortium is a
    clique in a projection, so that values are high there for no other reason.
    """
    partners = degree(pattern).astype(np.float64)
    pairs = partners * (partners - 1) / 2
    return np.divide(triangles(pattern), pairs, out=np.zeros(len(pairs)), where=pairs > 0)
