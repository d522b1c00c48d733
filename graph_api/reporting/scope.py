"""What a report is about: a network, or an organisation, a funder, a method or a region, with its initiatives."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from graph_api.collaboration.tables import CollaborationIndex, FloatArray, IntArray
from graph_api.networks.coverage import suppress
from graph_api.networks.material import Material
from graph_api.networks.selection import Filters, regions_of_initiatives, select, take
from graph_api.networks.views import Network, ego, project
from graph_api.reporting.room import Room
from loaders.errors import NotFoundError, UsageError

KINDS = ("network", "organisation", "funder", "method", "region")


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """The subject of a report.

    Attributes
    ----------
    kind, iri, name : str
        What it is; a network has neither IRI nor name.
    network : Network
        The organisations at work in its initiatives; of an organisation itself and its partners.
    material : Material
        What there is of these initiatives alone.
    initiatives : int array
        Positions of the initiatives, ascending.
    smallest : int
        Nothing is shown that rests on fewer initiatives than this; 0 where everything is.
    hidden : int
        How many ties and nodes that took away.
    """

    kind: str
    iri: str
    name: str
    network: Network
    material: Material
    initiatives: IntArray
    smallest: int
    hidden: int

    def counts(self, kind: str) -> list[tuple[int, int]]:
        """Return things of a kind with the number of their initiatives here, the most first; small ones are left out."""
        found = project(self.material, kind, filters=replace(self.network.filters, largest=None))
        numbers = np.diff(found.incidence.indptr)
        rank = np.lexsort((found.nodes, -numbers))
        pairs = [(int(found.nodes[place]), int(numbers[place])) for place in rank.tolist()]
        return [pair for pair in pairs if pair[1] >= self.smallest]

    def may_tell(self, rest: int) -> bool:
        """Say whether a total may stand beside its parts: what the parts leave out could be reckoned from both."""
        return rest == 0 or rest >= self.smallest

    @property
    def money(self) -> FloatArray:
        """Return the euros of each initiative; not a number where they are not known."""
        return self.material.money[self.initiatives]


def scope(room: Room, kind: str, iri: str = "", *, filters: Filters | None = None, smallest: int = 0) -> Scope:
    """Return the subject of a report.

    Parameters
    ----------
    kind, iri : str
        One of `KINDS`, and of which (nothing for a network).
    filters : Filters, optional
        Which rows count.
    smallest : int
        Small-cell suppression: what rests on fewer initiatives is left out.

    Raises
    ------
    UsageError
        The kind does not exist, or the filters name what does not.
    NotFoundError
        Nothing is known of the subject, or less than may be shown.
    """
    filters = filters or Filters()
    if kind not in KINDS:
        raise UsageError(f"There is no report on {kind!r}. Ask for one of {', '.join(KINDS)}.")
    network, chosen = _network(room, kind, iri, filters)
    things = room.material.things_of(kind) if kind != "network" else None
    name = things.labels[things.position(iri)] if things is not None else ""
    if not len(chosen):
        whose = f"Of {name} no" if name else "No"
        raise NotFoundError(
            f"{whose} initiative of the years and kinds asked for is known. Widen the period or the kinds."
        )
    if len(chosen) < smallest:
        raise NotFoundError(
            f"Of {name or 'this network'} fewer than {smallest} of the initiatives asked for are known, which may not be"
            " told. Ask for more."
        )
    hidden = 0
    if smallest:
        network, gone = suppress(network, smallest)
        hidden = gone.ties + gone.nodes
    material = _within(room.material, chosen)
    return Scope(kind, iri, name, network, material, chosen, smallest, hidden)


def _network(room: Room, kind: str, iri: str, filters: Filters) -> tuple[Network, IntArray]:
    """Return the network of organisations of a subject, and the positions of its initiatives."""
    material = room.material
    if kind == "network":
        network = project(material, filters=filters)
        return network, network.events
    if kind == "organisation":
        network = project(material, filters=filters)
        row = network.incidence[[network.node(iri)]]
        chosen = network.events[np.sort(row.indices)]
        own = select(_within(material, chosen), "organisation", filters)  # what coverage is told of
        return replace(ego(network, iri), selection=own), chosen
    asked = select(material, "initiative", filters).ties.initiatives
    found = _of_subject(material, kind, iri)
    if not filters.kinds:
        found = _wholes(room.index, found)
    chosen = np.intersect1d(found, asked).astype(np.int32)
    return project(_within(material, chosen), filters=filters), chosen


def _wholes(index: CollaborationIndex, initiatives: IntArray) -> IntArray:
    """Return initiatives with each pilot counted as what it is a pilot of."""
    pilots = np.isin(index.pilots.left, initiatives)
    others = np.setdiff1d(initiatives, index.pilots.left[pilots])
    return np.union1d(others, index.pilots.right[pilots])


def _of_subject(material: Material, kind: str, iri: str) -> IntArray:
    place = material.things_of(kind).position(iri)
    if kind == "region":
        initiatives, regions = regions_of_initiatives(material)
        return np.unique(initiatives[regions == place])
    rows = material.ties[kind]
    return np.unique(rows.initiatives[rows.things == place])


def _within(material: Material, initiatives: IntArray) -> Material:
    """Return the material with the rows of these initiatives alone; positions stay as they are."""
    inside = np.zeros(material.initiatives, bool)
    inside[initiatives] = True
    ties = {kind: take(rows, inside[rows.initiatives]) for kind, rows in material.ties.items()}
    return replace(material, ties=ties)
