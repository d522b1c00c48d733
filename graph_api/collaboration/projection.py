"""Networks of organisations, projected from who takes part in what.

With B the matrix of organisations by initiatives (1 where an organisation takes part), the projection is B·D·Bᵀ.
For the weighting "count", D is the identity: an edge weighs the number of initiatives that two organisations share.
For the weighting "newman", D holds 1/(n_k − 1), n_k being the number of participants of initiative k: a partner in a
consortium of two is worth more than one in a consortium of forty (M. E. J. Newman, "Scientific collaboration
networks. II. Shortest paths, weighted networks, and centrality", Physical Review E 64, 016132, 2001).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from scipy import sparse

from graph_api.collaboration.network import to_networkx
from graph_api.collaboration.ownership import owned, roots
from graph_api.collaboration.tables import (
    COLLABORATION_ROLES,
    KINDS,
    UNKNOWN_YEAR,
    CollaborationIndex,
    FloatArray,
    IntArray,
    Period,
    Projection,
    Weighting,
)
from loaders.errors import UsageError

__all__ = ["FloatArray", "Period", "Projection", "Weighting", "project", "to_networkx"]


def project(  # noqa: PLR0913 (each is a choice of its own, given by name)
    index: CollaborationIndex,
    *,
    weighting: Weighting = "count",
    period: Period | None = None,
    kinds: Collection[str] | None = None,
    roles: Collection[str] = COLLABORATION_ROLES,
    fold_units: bool = False,
    minimum: float = 0,
    largest: int | None = None,
) -> Projection:
    """Project the participations of an index onto a network of organisations.

    `period` is a first and a last year, each of which may be open; a participation counts where its own years, or
    else those of its initiative, touch it (only the year that is known, where the other end is not given).
    `kinds` keeps initiatives of these kinds, `roles` participants in these roles. `fold_units` counts a unit's work as
    its owner's. Without it, an edge never joins a unit with an organisation that owns it, directly or through other
    units, though both count as participants. `minimum` drops edges that weigh less; `largest` leaves out initiatives
    with more participants than that, in which few have met.

    An example of "newman": A, B and C share one project and A and B another. A–B weighs 1/2 + 1/1 = 1.5, A–C and B–C
    weigh 1/2 each; with "count" they weigh 2, 1 and 1.

    Raises UsageError for a weighting, role or kind that does not exist and for a period that ends before it starts.
    """
    limits = period or (None, None)
    _check(index, weighting, limits, kinds, roles)
    chosen, undated = _choose(index, limits, kinds, roles)
    table = index.participations
    owners = index.organisations.owners
    who = (roots(owners) if fold_units else np.arange(len(owners), dtype=np.int32))[table.organisations[chosen]]
    crowd = _participants(who, table.initiatives[chosen], len(index.initiatives))
    if largest is not None:
        kept = crowd[table.initiatives[chosen]] <= largest
        chosen, who = chosen[kept], who[kept]
    nodes, places = np.unique(who, return_inverse=True)
    member_nodes = places.astype(np.int32)
    incidence = _incidence(member_nodes, table.initiatives[chosen], (len(nodes), len(index.initiatives)))
    shares = np.ones(len(crowd)) if weighting == "count" else 1.0 / np.maximum(crowd - 1, 1)
    sources, targets, counts, weights = _edges(incidence, shares)
    kept = (weights >= minimum) & ~owned(owners, nodes[sources], nodes[targets])
    return Projection(
        index=index,
        weighting=weighting,
        period=limits,
        nodes=nodes.astype(np.int32),
        sources=sources[kept],
        targets=targets[kept],
        weights=weights[kept],
        counts=counts[kept],
        members=chosen,
        member_nodes=member_nodes,
        shares=shares,
        undated=undated,
        incidence=incidence,
    )


def _check(
    index: CollaborationIndex,
    weighting: str,
    period: Period,
    kinds: Collection[str] | None,
    roles: Collection[str],
) -> None:
    if weighting not in ("count", "newman"):
        raise UsageError(f'There is no weighting "{weighting}". Use "count" or "newman".')
    first, last = period
    if first is not None and last is not None and first > last:
        raise UsageError(f"The period {first}–{last} ends before it starts. Give the earlier year first.")
    for asked, known, what in ((roles, index.roles, "role"), (kinds or (), KINDS, "kind of initiative")):
        unknown = sorted(set(asked).difference(known))
        if unknown:
            raise UsageError(f'There is no {what} "{unknown[0]}". Use some of: {", ".join(known)}.')


def _choose(
    index: CollaborationIndex, period: Period, kinds: Collection[str] | None, roles: Collection[str]
) -> tuple[IntArray, int]:
    """Return the participations to use, and how many initiatives were left out for want of a date."""
    table, initiatives = index.participations, index.initiatives
    wanted = np.array([role in roles for role in index.roles], dtype=bool)[table.roles]
    if kinds is not None:
        wanted &= np.array([kind in kinds for kind in initiatives.kinds], dtype=bool)[table.initiatives]
    if period == (None, None):
        return np.flatnonzero(wanted).astype(np.int32), 0
    starts, ends = _years(index)
    dated = starts != UNKNOWN_YEAR
    undated = np.setdiff1d(table.initiatives[wanted & ~dated], table.initiatives[wanted & dated])
    first, last = period
    wanted &= dated
    if first is not None:
        wanted &= ends >= first
    if last is not None:
        wanted &= starts <= last
    return np.flatnonzero(wanted).astype(np.int32), len(undated)


def _years(index: CollaborationIndex) -> tuple[IntArray, IntArray]:
    """Return the first and last year of each participation: its own, else its initiative's, else the other end's."""
    table, initiatives = index.participations, index.initiatives
    own = (table.starts != UNKNOWN_YEAR) | (table.ends != UNKNOWN_YEAR)
    starts = np.where(own, table.starts, initiatives.starts[table.initiatives])
    ends = np.where(own, table.ends, initiatives.ends[table.initiatives])
    return np.where(starts == UNKNOWN_YEAR, ends, starts), np.where(ends == UNKNOWN_YEAR, starts, ends)


def _participants(who: IntArray, initiatives: IntArray, size: int) -> IntArray:
    """Return how many different organisations take part in each initiative."""
    pairs = np.unique(np.stack([initiatives, who]), axis=1)
    return np.bincount(pairs[0], minlength=size).astype(np.int32)


def _incidence(nodes: IntArray, initiatives: IntArray, shape: tuple[int, int]) -> Any:
    matrix = sparse.coo_array((np.ones(len(nodes)), (nodes, initiatives)), shape=shape).tocsr()
    matrix.sum_duplicates()  # an organisation with two roles takes part once
    matrix.data[:] = 1.0
    return matrix


def _edges(incidence: Any, shares: FloatArray) -> tuple[IntArray, IntArray, IntArray, FloatArray]:
    """Return the upper triangle of B·Bᵀ and of B·D·Bᵀ; both have the same non-zero places, sorted."""
    counts = _upper(incidence @ incidence.T)
    weights = _upper((incidence @ sparse.diags_array(shares)).tocsr() @ incidence.T)
    return counts.row, counts.col, counts.data.astype(np.int32), weights.data


def _upper(matrix: Any) -> Any:
    upper = sparse.triu(matrix, k=1).tocsr()
    upper.sort_indices()
    return upper.tocoo()
