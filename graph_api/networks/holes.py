"""Structural holes: organisations active on the same theme, method, place or region that have never met.

R. S. Burt, "Structural Holes", 1992: a hole is a missing tie that somebody could close. Here two organisations have
something in common through different initiatives, and no initiative ever had both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from graph_api.collaboration.tables import FloatArray, IntArray
from graph_api.networks.material import NO_PLACE, Kind, Material
from graph_api.networks.selection import Filters
from graph_api.networks.views import project

COMMON = 200
"""What more organisations than this have in common says little about any two of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Hole:
    """Two organisations that have not met (positions, the smaller first), and what they have in common.

    `weight` adds 1/(n − 1) for each common thing that n organisations have: rare things count for more (Newman 2001).
    """

    first: int
    second: int
    common: tuple[int, ...]
    weight: float


def structural_holes(
    material: Material,
    through: Kind = "method",
    *,
    filters: Filters | None = None,
    top: int = 20,
    least: int = 1,
    same_region: bool = False,
    organisation: int | None = None,
) -> list[Hole]:
    """Return the pairs of organisations with most in common that have never met, the strongest first.

    Parameters
    ----------
    through : str
        What they have in common: "theme", "method", "place", "region", "funder", "document".
    filters : Filters, optional
        Of what they are active on. Whether they have met is asked of everything that is known, whatever the filters.
    top : int
        How many pairs.
    least : int
        How many things they have in common at least.
    same_region : bool
        Only pairs that are at home in the same region.
    organisation : int, optional
        Only pairs with this organisation.

    Raises UsageError for filters or kinds that do not exist.
    """
    filters = filters or Filters()
    if filters.largest is None:
        filters = replace(filters, largest=COMMON)
    active = project(material, "organisation", through, weighting="newman", filters=filters)
    met = project(material, filters=Filters(fold_units=filters.fold_units, roles=material.roles))
    first, second = active.nodes[active.sources], active.nodes[active.targets]
    kept = ~np.isin(_keys(material, first, second), _keys(material, met.nodes[met.sources], met.nodes[met.targets]))
    kept &= active.counts >= least
    if same_region:
        kept &= (material.homes[first] == material.homes[second]) & (material.homes[first] != NO_PLACE)
    if organisation is not None:
        kept &= (first == organisation) | (second == organisation)
    best = _strongest(active.weights, np.flatnonzero(kept).astype(np.int32), top)
    return [
        Hole(int(first[e]), int(second[e]), tuple(active.events[active.shared(e)].tolist()), float(active.weights[e]))
        for e in best.tolist()
    ]


def _strongest(weights: FloatArray, candidates: IntArray, top: int) -> IntArray:
    """Return the heaviest of some edges; of equals those that come first."""
    order = np.lexsort((candidates, -np.round(weights[candidates], 9)))[:top]
    strongest: IntArray = candidates[order]
    return strongest


def _keys(material: Material, first: IntArray, second: IntArray) -> IntArray:
    keys: IntArray = first.astype(np.int64) * len(material.things["organisation"]) + second
    return keys
