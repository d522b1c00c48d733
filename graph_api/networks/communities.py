"""Communities that come out the same every time, with how stable each of them and each node in them is.

Leiden (V. A. Traag, L. Waltman and N. J. van Eck, "From Louvain to Leiden", Scientific Reports 9, 5233, 2019) is run with
many seeds. Each tie is weighted by how often its ends fall together, and Leiden runs again on the result, until all runs
agree (A. Lancichinetti and S. Fortunato, "Consensus clustering in complex networks", Scientific Reports 2, 336, 2012). Only
pairs that are tied count (A. Tandon et al., "Fast consensus clustering in complex networks", Physical Review E 99,
042301, 2019), so that a large network needs no matrix of all pairs, and a tie keeps a part of its own weight (V. Poulin
and F. Théberge, "Ensemble clustering for graphs", Complex Networks 2018), without which weak ties count like strong ones.
Of this partition and the first runs the one is taken that agrees best with all first runs (A. Strehl and J. Ghosh,
"Cluster ensembles", Journal of Machine Learning Research 3, 2002): a consensus never speaks for them worse than one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import graspologic_native as leiden_native  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

from graph_api.collaboration.tables import FloatArray, IntArray
from graph_api.networks.agreement import mutual_information
from graph_api.networks.views import Network, symmetric
from loaders.errors import UsageError

NO_COMMUNITY = -1
"""Stands for a node without ties."""

RUNS = 20
FLOOR = 0.05
"""The share of its weight that a tie keeps even where its ends never fall together (Poulin and Théberge)."""

_ROUNDS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Communities:
    """A consensus of many runs.

    Attributes
    ----------
    labels : int array
        The community of each node: 0 for the largest; `NO_COMMUNITY` without ties.
    stability : float array
        Of each community: the mean over runs of its best overlap (Jaccard) with a community of the run. Above 0.85 it is
        highly stable, below 0.6 it should not be trusted (C. Hennig, "Cluster-wise assessment of cluster stability",
        Computational Statistics & Data Analysis 52, 2007).
    membership : float array
        Of each node: how often, over runs, it falls together with the other members of its community.
    modularity : float
        Of the consensus (M. E. J. Newman, "Analysis of weighted networks", Physical Review E 70, 056131, 2004).
    agreement : float
        The mean normalised mutual information of the runs with the consensus.
    runs, rounds : int
        How many seeds, and how many rounds until they agreed.
    """

    labels: IntArray
    stability: FloatArray
    membership: FloatArray
    modularity: float
    agreement: float
    runs: int
    rounds: int


def leiden(adjacency: Any, *, seed: int = 1, resolution: float = 1.0) -> IntArray:
    """Return the community of each node from one run of Leiden on modularity.

    The same matrix, seed and resolution give the same result on every run.

    Raises UsageError for a resolution that is not positive.
    """
    if not resolution > 0:
        raise UsageError(f"A resolution of {resolution:g} is not possible. Give a number above 0.")
    tied = np.flatnonzero(np.diff(adjacency.indptr))
    labels = np.full(adjacency.shape[0], NO_COMMUNITY, np.int32)
    if len(tied) == 0:
        return labels
    part = adjacency[tied][:, tied].tocsr() if len(tied) < len(labels) else adjacency
    _, found = leiden_native.leiden_csr(
        part.indptr.astype(np.int64),
        part.indices.astype(np.int32),
        part.data.astype(np.float64),
        len(tied),
        resolution=resolution,
        seed=seed,
    )
    labels[tied] = [found[node] for node in range(len(tied))]
    return labels


def consensus(adjacency: Any, *, runs: int = RUNS, seed: int = 1, resolution: float = 1.0) -> Communities:
    """Return the communities on which many runs of Leiden agree, and how stable they are.

    Parameters
    ----------
    adjacency : scipy.sparse.csr_array, nodes × nodes
        Symmetric weights above 0, indices sorted.
    runs : int
        How many seeds: `seed`, `seed` + 1, ….
    resolution : float
        Above 1 gives smaller communities, below 1 larger ones.

    Raises UsageError for fewer than two runs or a resolution that is not positive.
    """
    if runs < 2:
        raise UsageError("A consensus needs two runs or more.")
    seeds = range(seed, seed + runs)
    table = adjacency.tocoo()
    upper = table.row < table.col
    ends = table.row[upper].astype(np.int32), table.col[upper].astype(np.int32)
    partitions = [leiden(adjacency, seed=number, resolution=resolution) for number in seeds]
    agreed, rounds = _agree(partitions, ends, table.data[upper], seeds, resolution)
    labels = ordered(_speaker([agreed, *partitions], partitions))
    return Communities(
        labels=labels,
        stability=_stability(labels, partitions),
        membership=_membership(labels, partitions),
        modularity=modularity(adjacency, labels, resolution),
        agreement=_agreement(labels, partitions),
        runs=runs,
        rounds=rounds,
    )


def with_communities(network: Network, found: Communities) -> Network:
    """Return the network with `community`, its `community_stability` and each node's `membership` among its values."""
    stability = np.append(found.stability, np.nan)[found.labels]  # NO_COMMUNITY is the last place
    values = {"community": found.labels, "community_stability": stability, "membership": found.membership}
    return replace(network, values={**network.values, **values})


def ordered(labels: IntArray) -> IntArray:
    """Number communities by size, the largest first; of equals, the one with the first node."""
    names, first, numbers, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    known = names != NO_COMMUNITY
    rank = np.full(len(names), NO_COMMUNITY, np.int32)
    order = np.lexsort((first, -sizes, ~known))[: int(known.sum())]
    rank[order] = np.arange(len(order))
    renamed: IntArray = rank[numbers]
    return renamed


def modularity(adjacency: Any, labels: IntArray, resolution: float = 1.0) -> float:
    """Return the share of weight within communities, less what chance would put there."""
    total = float(adjacency.sum())
    if not total:
        return 0.0
    table = adjacency.tocoo()
    inside = float(table.data[labels[table.row] == labels[table.col]].sum())
    strengths = np.bincount(labels + 1, weights=np.asarray(adjacency.sum(axis=1)))
    return inside / total - resolution * float(((strengths / total) ** 2).sum())


def _agree(
    partitions: list[IntArray],
    ends: tuple[IntArray, IntArray],
    weights: FloatArray,
    seeds: Sequence[int],
    resolution: float,
) -> tuple[IntArray, int]:
    """Return the partition on which all runs agree, and after how many rounds they did."""
    size = len(partitions[0])
    for done in range(_ROUNDS):
        together = _together(partitions, ends)
        if np.isin(together, (0.0, 1.0)).all():
            return partitions[0], done
        matrix = symmetric(*ends, weights * (FLOOR + (1 - FLOOR) * together), size)
        partitions = [leiden(matrix, seed=number, resolution=resolution) for number in seeds]
    return partitions[0], _ROUNDS


def _speaker(candidates: list[IntArray], partitions: list[IntArray]) -> IntArray:
    """Return the candidate that agrees best with all partitions; of equals the first."""
    found = [round(_agreement(candidate, partitions), 9) for candidate in candidates]
    return candidates[int(np.argmax(found))]


def _together(partitions: list[IntArray], ends: tuple[IntArray, IntArray]) -> FloatArray:
    """Return for each tie the share of partitions in which its ends fall together."""
    found = np.zeros(len(ends[0]))
    for labels in partitions:
        found += labels[ends[0]] == labels[ends[1]]
    return found / len(partitions)


def _membership(labels: IntArray, partitions: list[IntArray]) -> FloatArray:
    found = np.zeros(len(labels))
    sizes = np.bincount(labels + 1)[labels + 1]
    for partition in partitions:
        _, pair, counts = np.unique(_pairs(labels, partition), return_inverse=True, return_counts=True)
        found += (counts[pair] - 1) / np.maximum(sizes - 1, 1)
    return np.where(labels == NO_COMMUNITY, np.nan, found / len(partitions))


def _stability(labels: IntArray, partitions: list[IntArray]) -> FloatArray:
    """Return for each community the mean over partitions of its largest Jaccard overlap."""
    number = int(labels.max(initial=NO_COMMUNITY)) + 1
    sizes = np.bincount(labels + 1, minlength=number + 1)[1:]
    found = np.zeros(number)
    for partition in partitions:
        pairs, counts = np.unique(_pairs(labels, partition), return_counts=True)
        here, there = np.divmod(pairs, len(labels) + 2)
        others = np.bincount(partition + 1)[there]
        known = here > 0
        overlap = counts[known] / (sizes[here[known] - 1] + others[known] - counts[known])
        best = np.zeros(number)
        np.maximum.at(best, here[known] - 1, overlap)
        found += best
    return found / len(partitions)


def _pairs(labels: IntArray, partition: IntArray) -> NDArray[np.int64]:
    return (labels.astype(np.int64) + 1) * (len(labels) + 2) + partition + 1


def _agreement(labels: IntArray, partitions: list[IntArray]) -> float:
    tied = labels != NO_COMMUNITY
    if not tied.any():
        return 1.0
    return float(np.mean([mutual_information(labels[tied], partition[tied]) for partition in partitions]))
