"""Questions that join much, answered from the index: who works with whom, whom one might meet, who stands between.

Each returns positions and numbers in order, the largest number first, equal ones in the order of IRIs.
"""

from __future__ import annotations

import numpy as np

from graph_api.collaboration.columns import IntArray
from graph_api.collaboration.tables import NO_OWNER, CollaborationIndex

Ranking = list[tuple[int, int]]


def ranked_partners(index: CollaborationIndex, organisation: int) -> Ranking:
    """Return whom an organisation has worked with, and in how many initiatives."""
    counts = _shared(index, organisation)
    counts[organisation] = 0
    return _ranked(counts)


def partners_of_partners(index: CollaborationIndex, organisation: int) -> Ranking:
    """Return whom the partners of an organisation have worked with and it has not, and through how many of them."""
    counts = _shared(index, organisation)
    counts[organisation] = 0
    partners = np.flatnonzero(counts)
    met = (index.matrices.work.sparse()[partners] @ index.matrices.workers.sparse()).indices
    through = np.bincount(met, minlength=len(counts))
    through[partners] = 0
    through[organisation] = 0
    return _ranked(through)


def pairs_by_region(index: CollaborationIndex, method: int) -> Ranking:
    """Return for each region (a position among places) how many pairs of initiatives there share a method."""
    users = index.matrices.users.row(method)
    sites = index.initiative_places
    chosen = np.isin(sites.left, users)
    regions = index.places.regions()[sites.right[chosen]]
    known = regions != NO_OWNER
    sited = np.unique(np.stack([regions[known], sites.left[chosen][known]]), axis=1)
    counts = np.bincount(sited[0], minlength=len(index.places)).astype(np.int64)
    return _ranked(counts * (counts - 1) // 2)


def brokers(index: CollaborationIndex, number: int = 20) -> list[tuple[int, int, int]]:
    """Return the organisations whose initiatives use the most different methods: position, methods, initiatives.

    Initiatives without a method are not counted; of equals the one with more initiatives comes first.
    """
    work, methods = index.matrices.work.sparse(), index.matrices.methods.sparse()
    different = np.diff((work @ methods).indptr)
    using = (np.diff(index.matrices.methods.offsets) > 0).astype(np.float32)
    initiatives = np.rint(work.sign() @ using).astype(np.int64)
    order = np.lexsort((np.arange(len(different)), -initiatives, -different))[:number]
    return [(int(who), int(different[who]), int(initiatives[who])) for who in order if different[who]]


def _shared(index: CollaborationIndex, organisation: int) -> IntArray:
    """Return in how many initiatives each organisation takes part together with one."""
    members = index.matrices.workers.rows(index.matrices.work.row(organisation))
    together: IntArray = np.bincount(members, minlength=len(index.organisations)).astype(np.int32)
    return together


def _ranked(counts: np.ndarray[tuple[int], np.dtype[np.int64]] | IntArray) -> Ranking:
    chosen = np.flatnonzero(counts)
    order = chosen[np.lexsort((chosen, -counts[chosen]))]
    return list(zip(order.tolist(), counts[order].tolist(), strict=True))
