"""A network year by year, or in sliding windows: who enters, who leaves, and which ties last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph_api.collaboration.tables import UNKNOWN_YEAR
from graph_api.networks.material import Kind, Material
from graph_api.networks.selection import Filters, select, years
from graph_api.networks.views import Network, project
from loaders.errors import UsageError

Keys = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Slice:
    """The network of some years, and how it differs from the slice before it.

    Attributes
    ----------
    first, last : int
        The years, both included.
    network : Network
        What touches them.
    entries, returns, exits : arrays
        Positions (in the things of the kind) of nodes that no earlier slice had, that an earlier one but not the last
        one had, and that the last one had and this one has not.
    new_ties, lost_ties : int
        How many ties the slice before did not have, and how many of its ties are gone.
    node_persistence, tie_persistence : float
        The share of the nodes and of the ties of the slice before that are still here; not a number for the first.
    """

    first: int
    last: int
    network: Network
    entries: Keys
    returns: Keys
    exits: Keys
    new_ties: int
    lost_ties: int
    node_persistence: float
    tie_persistence: float


def slices(
    material: Material,
    kind: Kind = "organisation",
    through: Kind = "initiative",
    *,
    width: int = 1,
    step: int = 1,
    weighting: str = "count",
    filters: Filters | None = None,
) -> list[Slice]:
    """Return the network in windows of `width` years that move on by `step` years.

    The windows span the period of the filters, or else all years that are known. A node or tie belongs to each window that
    an initiative of it touches, so that windows wider than a year overlap in what they hold.

    Raises UsageError for a width or step below one year, or where no year is known.
    """
    if width < 1 or step < 1:
        raise UsageError("A time slice needs a width and a step of one year or more.")
    filters = filters or Filters()
    first, last = _span(material, kind, filters)
    found: list[Slice] = []
    seen = np.empty(0, np.int64)
    for start in range(first, max(last - width + 1, first) + 1, step):
        window = replace(filters, period=(start, start + width - 1))
        network = project(material, kind, through, weighting=weighting, filters=window)
        found.append(_slice(network, found[-1].network if found else None, seen))
        seen = np.union1d(seen, network.nodes)
    return found


def _slice(network: Network, before: Network | None, seen: Keys) -> Slice:
    nodes, ties = network.nodes.astype(np.int64), _ties(network)
    old_nodes = before.nodes.astype(np.int64) if before else np.empty(0, np.int64)
    old_ties = _ties(before) if before else np.empty(0, np.int64)
    start, end = network.filters.period
    return Slice(
        first=int(start or 0),
        last=int(end or 0),
        network=network,
        entries=np.setdiff1d(nodes, seen),
        returns=np.setdiff1d(np.intersect1d(nodes, seen), old_nodes),
        exits=np.setdiff1d(old_nodes, nodes),
        new_ties=len(np.setdiff1d(ties, old_ties)),
        lost_ties=len(np.setdiff1d(old_ties, ties)),
        node_persistence=_kept(old_nodes, nodes),
        tie_persistence=_kept(old_ties, ties),
    )


def _ties(network: Network) -> Keys:
    """Return a number for each tie that is the same in every network of the kind."""
    first, second = network.nodes[network.sources].astype(np.int64), network.nodes[network.targets]
    keys: Keys = first * len(network.things) + second
    return keys


def _kept(old: Keys, new: Keys) -> float:
    return float(np.isin(old, new).mean()) if len(old) else float("nan")


def _span(material: Material, kind: Kind, filters: Filters) -> tuple[int, int]:
    starts, ends = years(material, select(material, kind, filters).ties)
    known: NDArray[Any] = starts != UNKNOWN_YEAR
    if not known.any():
        raise UsageError("Nothing that the filters keep has a date: there are no years to slice. Widen the filters.")
    first, last = filters.period
    return (
        int(starts[known].min()) if first is None else first,
        int(ends[known].max()) if last is None else last,
    )
