"""Figures of a network as a whole: density, assortativity, small-world figures, rich club."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from graph_api.collaboration.tables import FloatArray, IntArray
from graph_api.networks.brokerage import NO_GROUP
from graph_api.networks.centrality import clustering, degree, triangles
from graph_api.networks.paths import components, mean_distance

_EXACT = 3000
"""Up to this many nodes distances are measured from all of them; beyond it, from as many, drawn by a seed."""


def density(pattern: Any) -> float:
    """Return the share of all pairs that are tied; 0 with fewer than two nodes."""
    size = pattern.shape[0]
    return float(pattern.nnz / (size * (size - 1))) if size > 1 else 0.0


def transitivity(pattern: Any) -> float:
    """Return the share of pairs of partners of anybody that are partners: 3 × triangles/open and closed triples.

    M. E. J. Newman, S. H. Strogatz and D. J. Watts, "Random graphs with arbitrary degree distributions and their
    applications", Physical Review E 64, 026118, 2001.
    """
    partners = degree(pattern).astype(np.float64)
    pairs = float((partners * (partners - 1) / 2).sum())
    return float(triangles(pattern).sum()) / pairs if pairs else 0.0


def degree_assortativity(pattern: Any) -> float:
    """Return the correlation of the degrees at the two ends of a tie; not a number where all degrees are the same.

    M. E. J. Newman, "Mixing patterns in networks", Physical Review E 67, 026126, 2003, equation 21.
    """
    degrees = degree(pattern).astype(np.float64)
    table = pattern.tocoo()
    first, second = degrees[table.row], degrees[table.col]
    if len(first) == 0 or np.ptp(first) == 0:
        return math.nan
    return float(np.corrcoef(first, second)[0, 1])


def group_assortativity(pattern: Any, groups: IntArray) -> float:
    """Return (Σ e_ii − Σ a_i²)/(1 − Σ a_i²): 1 where ties lie within groups alone, 0 where groups do not matter.

    M. E. J. Newman, "Mixing patterns in networks", 2003, equation 2. Nodes without a group take no part.
    """
    table = pattern.tocoo()
    first, second = groups[table.row], groups[table.col]
    known = (first != NO_GROUP) & (second != NO_GROUP)
    first, second = first[known], second[known]
    if len(first) == 0:
        return math.nan
    ends = np.bincount(first) / len(first)
    chance = float((ends**2).sum())
    return float(((first == second).mean() - chance) / (1 - chance)) if chance < 1 else math.nan


def small_world(pattern: Any, *, seed: int = 1) -> dict[str, float]:
    """Return mean clustering C, mean distance L, and how they compare with a random network of the same density.

    Of the largest component, with n nodes of mean degree k: a random network has C ≈ k/n and L ≈ ln n/ln k (Watts and
    Strogatz 1998); `small_world` is (C/C_random)/(L/L_random) (M. D. Humphries and K. Gurney, "Network
    'small-world-ness'", PLoS ONE 3, 2008). The cliques of consortia alone raise it.
    """
    largest = np.flatnonzero(components(pattern) == 0)
    part = pattern[largest][:, largest].tocsr()
    size = len(largest)
    mean_degree = part.nnz / size if size else 0.0
    found = {
        "clustering": float(clustering(part).mean()) if size else 0.0,
        "distance": mean_distance(part, sources=_EXACT if size > _EXACT else None, seed=seed),
        "random_clustering": mean_degree / size if size else 0.0,
        "random_distance": math.log(size) / math.log(mean_degree) if mean_degree > 1 else math.nan,
    }
    ratio = found["clustering"] / found["random_clustering"] if found["random_clustering"] else math.nan
    return {**found, "small_world": ratio / (found["distance"] / found["random_distance"]) if size > 2 else math.nan}


def rich_club(pattern: Any) -> dict[int, float]:
    """Return for each degree k the density among the nodes with more than k partners, where there are two of them.

    V. Colizza et al., "Detecting rich-club ordering in complex networks", Nature Physics 2, 2006.
    """
    degrees = degree(pattern)
    table = pattern.tocoo()
    lower = np.minimum(degrees[table.row], degrees[table.col])[table.row < table.col]
    found: dict[int, float] = {}
    for k in range(int(degrees.max(initial=0))):
        rich = int((degrees > k).sum())
        if rich > 1:
            found[k] = 2.0 * int((lower > k).sum()) / (rich * (rich - 1))
    return found


def expected_transitivity(members: IntArray, parts: IntArray) -> float:
    """Return the transitivity that a projection has by chance, from the sizes of consortia and parts of nodes alone.

    Newman, Strogatz and Watts 2001, equation 87: 1/(1 + (μ₂ − μ₁)(ν₂ − ν₁)²/(μ₁ν₁(2ν₁ − 3ν₂ + ν₃))), μ and ν being
    the moments of how many initiatives a node has and how many members an initiative has.
    """
    mu: FloatArray = np.array([np.mean(parts.astype(float) ** n) for n in (1, 2)])
    nu: FloatArray = np.array([np.mean(members.astype(float) ** n) for n in (1, 2, 3)])
    closed = mu[0] * (2 * nu[0] - 3 * nu[1] + nu[2])
    open_ = (mu[1] - mu[0]) * (nu[1] - nu[0]) ** 2 / nu[0]
    return float(closed / (closed + open_)) if closed + open_ else 0.0
