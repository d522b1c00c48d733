"""What share of what is known a result rests on; and what is too small to be shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph_api.collaboration.tables import COLLABORATION_ROLES, UNKNOWN_YEAR, IntArray
from graph_api.networks.views import Network
from loaders.errors import UsageError


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    what: str
    have: int
    of: int

    def __str__(self) -> str:
        if not self.of:
            return f"{self.what}: {self.have} of {self.of}"
        percent = f"{100 * self.have / self.of:.0f}"
        some = {"0": "under 1", "100": "over 99"}  # rounding must not make some into none or all
        share = percent if self.have in (0, self.of) else some.get(percent, percent)
        return f"{self.what}: {self.have} of {self.of} ({share} %)"


@dataclass(frozen=True, slots=True)
class Suppressed:
    """How much small-cell suppression took away."""

    ties: int
    nodes: int


def coverage(network: Network, *, known_initiatives: int | None = None) -> list[Share]:
    """Return what share of the known initiatives, partners and years the network rests on.

    What is known is what the graph holds; `known_initiatives` says how many there really are, where another
    source tells (the list of a programme, say). An initiative with a single participant says nothing about ties: often
    only its lead is on record. A pilot is a part of the initiative that it tries out: it is one of those known only where
    somebody takes part in it for itself, or where pilots are asked for.
    """
    material, rows = network.material, network.selection.ties
    used = np.unique(rows.initiatives)
    table = material.ties["organisation"]
    doing = np.array([role in COLLABORATION_ROLES for role in material.roles], bool)[table.roles]
    members = np.unique(np.stack([table.initiatives[doing], table.things[doing]]), axis=1)[0]
    crowd = np.bincount(members, minlength=material.initiatives)
    ends = np.union1d(network.sources, network.targets)
    known = _known(network, used)
    shares = [
        Share("initiatives in the network, of those in the graph", len(used), known),
        Share("of these, initiatives whose partners are known", int((crowd[used] > 1).sum()), len(used)),
        Share("of these, initiatives with a date", int((material.starts[used] != UNKNOWN_YEAR).sum()), len(used)),
        Share("of these, initiatives with known money", int((~np.isnan(material.money[used])).sum()), len(used)),
        Share(f"{network.kind}s with a tie, of those in the network", len(ends), network.size),
        _years(network),
    ]
    if known_initiatives is not None:
        shares.insert(0, Share("initiatives in the graph, of those known to exist", known, known_initiatives))
    return shares


def _known(network: Network, used: IntArray) -> int:
    """Return how many initiatives the graph holds that the network could have told of."""
    material = network.material
    if "pilot" in {network.kind, network.through, *(network.filters.kinds or ())}:
        return material.initiatives
    counted = ~material.kinds.among({"pilot"})
    counted[material.ties["organisation"].initiatives] = True
    counted[used] = True
    return int(counted.sum())


def suppress(network: Network, smallest: int) -> tuple[Network, Suppressed]:
    """Return the network without ties that rest on fewer than `smallest` shared things, nor nodes with fewer.

    For what is published about small organisations: a single initiative may show what somebody earns.

    Raises UsageError where `smallest` is below 1.
    """
    if smallest < 1:
        raise UsageError(f"Cells of {smallest} cannot be suppressed. Give 1 or more; 3 is usual.")
    ties = network.counts >= smallest
    nodes = np.diff(network.incidence.indptr) >= smallest
    kept = network.with_edges(ties).with_nodes(nodes)
    return kept, Suppressed(len(network.sources) - len(kept.sources), network.size - kept.size)


def _years(network: Network) -> Share:
    """Return in how many of the years from first to last, or of those asked for, an initiative started."""
    material = network.material
    starts = material.starts[np.unique(network.selection.ties.initiatives)]
    starts = starts[starts != UNKNOWN_YEAR]
    if len(starts) == 0:
        return Share("years with a start, of all from first to last", 0, 0)
    first, last = network.filters.period
    bounds = (int(starts.min()) if first is None else first, int(starts.max()) if last is None else last)
    inside = np.unique(starts[(starts >= bounds[0]) & (starts <= bounds[1])])
    return Share(f"years with a start, of {bounds[0]}–{bounds[1]}", len(inside), bounds[1] - bounds[0] + 1)
