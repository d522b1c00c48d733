"""Networks as arrays: the projection of one kind of node on what it shares, its neighbourhoods and parts."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graph_api.collaboration.ownership import owned
from graph_api.collaboration.tables import UNKNOWN_YEAR, FloatArray, IntArray
from graph_api.networks.material import Kind, Material, Things, Ties
from graph_api.networks.selection import Filters, Mask, Selection, select, take, years
from graph_api.networks.weightings import HALF_LIFE, Shared, shares
from loaders.errors import UsageError

_PAIRS = 20_000_000
"""Up to this many pairs are listed one by one; beyond it they would take more memory than a sparse product."""


@dataclass(frozen=True, eq=False)
class Network:
    """An undirected, weighted network of things of one kind.

    Attributes
    ----------
    kind, through : str
        The kind of the nodes, and of what a tie shares.
    nodes : int array
        Positions of the nodes in the things of their kind, ascending; those without a tie are among them.
    events : int array
        Positions of what is shared, in the things of its kind.
    incidence : scipy.sparse.csr_array, nodes × events
        1 where a node has a part in what is shared.
    shares : float array
        What each event adds to the weight of a tie.
    sources, targets : int arrays
        The ends of each edge, as positions in `nodes`; sources are the smaller, edges are sorted.
    weights, counts : arrays
        The weight of each edge, and how many things it shares.
    selection : Selection
        The rows of nodes that the network was made of.
    values : dict
        Results that belong to the nodes, by name (measures, communities); `edge_values` those of the edges.
    """

    material: Material
    kind: Kind
    through: Kind
    weighting: str
    filters: Filters
    nodes: IntArray
    events: IntArray
    incidence: Any
    shares: FloatArray
    sources: IntArray
    targets: IntArray
    weights: FloatArray
    counts: IntArray
    selection: Selection
    values: dict[str, NDArray[Any]] = field(default_factory=dict)
    edge_values: dict[str, NDArray[Any]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Return the number of nodes."""
        return len(self.nodes)

    @property
    def things(self) -> Things:
        """Return the table of the nodes' names."""
        return self.material.things_of(self.kind)

    @property
    def iris(self) -> list[str]:
        """Return the IRI of each node."""
        return [self.things.iris[place] for place in self.nodes.tolist()]

    @property
    def labels(self) -> list[str]:
        """Return the name of each node."""
        return [self.things.labels[place] for place in self.nodes.tolist()]

    @cached_property
    def adjacency(self) -> Any:
        """Return the symmetric matrix of weights (scipy.sparse.csr_array, nodes × nodes, sorted indices)."""
        return symmetric(self.sources, self.targets, self.weights, self.size)

    @cached_property
    def pattern(self) -> Any:
        """Return the matrix of ties: 1 where there is one."""
        return symmetric(self.sources, self.targets, np.ones(len(self.sources)), self.size)

    def node(self, iri: str) -> int:
        """Return the position of a node.

        Raises UsageError where the network does not hold it.
        """
        place = self.things.position(iri)
        found = int(np.searchsorted(self.nodes, place))
        if found == self.size or self.nodes[found] != place:
            raise UsageError(
                f"{self.things.labels[place]} is not in this network. Widen the filters, or ask for another."
            )
        return found

    def shared(self, edge: int) -> IntArray:
        """Return the positions, in `events`, of what an edge stands for."""
        first, second = (self._events_of(ends[edge]) for ends in (self.sources, self.targets))
        common: IntArray = np.intersect1d(first, second, assume_unique=True)
        return common

    def with_edges(self, kept: Mask) -> Network:
        """Return the network with these edges alone; every node stays."""
        return replace(
            self,
            sources=self.sources[kept],
            targets=self.targets[kept],
            weights=self.weights[kept],
            counts=self.counts[kept],
            edge_values={name: values[kept] for name, values in self.edge_values.items()},
        )

    def with_nodes(self, kept: Mask) -> Network:
        """Return the network of these nodes and the edges among them; what they share stays as it was."""
        place = np.cumsum(kept).astype(np.int32) - 1
        edges = kept[self.sources] & kept[self.targets]
        part = self.with_edges(edges)
        return replace(
            part,
            nodes=self.nodes[kept],
            incidence=self.incidence[np.flatnonzero(kept)],
            sources=place[part.sources],
            targets=place[part.targets],
            values={name: values[kept] for name, values in self.values.items()},
        )

    def _events_of(self, node: int) -> IntArray:
        found: IntArray = self.incidence.indices[self.incidence.indptr[node] : self.incidence.indptr[node + 1]]
        return found


def project(  # noqa: PLR0913 (each is a choice of its own, given by name)
    material: Material,
    kind: Kind = "organisation",
    through: Kind = "initiative",
    *,
    weighting: str = "count",
    filters: Filters | None = None,
    minimum: float = 0.0,
    year: int | None = None,
    half_life: float = HALF_LIFE,
) -> Network:
    """Return the network of things of a kind that share things of another kind.

    Two methods, say, are tied through the initiatives that use both (`kind="method"`), through the organisations that
    have used both (`through="organisation"`), or through places. Two organisations are tied through pilots, funders,
    places or documents where initiatives of both have them in common. Each shared thing counts once.

    `minimum` drops edges that weigh less; those that weigh nothing (no known money, no date) are always left out. `year` and `half_life` belong to the weighting "recency": the year that
    counts as now (the last one known where none is given) and the years after which a tie counts half. An edge never joins a
    unit with an organisation that owns it.

    Raises UsageError for kinds, weightings and filters that do not exist, or a kind tied through itself.
    """
    filters = filters or Filters()
    if kind == through:
        raise UsageError(f'A network of "{kind}" through "{through}" ties everything to itself. Name another kind.')
    selection = select(material, kind, filters)
    other = None if through == "initiative" else select(material, through, filters)
    incidence, nodes, events = _incidence(material, selection.ties, other.ties if other else None)
    if filters.largest is not None:
        incidence, nodes, events = _without_crowds(incidence, nodes, events, filters.largest)
    shared = _shared(material, other.ties if other else None, events, incidence, year, half_life)
    added = shares(weighting, shared)
    sources, targets, counts, weights = edges(incidence, added, is_count=weighting == "count")
    kept = (weights >= minimum) & (weights > 0)
    if kind in ("organisation", "funder"):
        kept &= ~owned(material.owners, nodes[sources], nodes[targets])
    return Network(
        material=material,
        kind=kind,
        through=through,
        weighting=weighting,
        filters=filters,
        nodes=nodes,
        events=events,
        incidence=incidence,
        shares=added,
        sources=sources[kept],
        targets=targets[kept],
        weights=weights[kept],
        counts=counts[kept],
        selection=selection,
    )


def ego(network: Network, iri: str, radius: int = 1) -> Network:
    """Return the part of a network within `radius` steps of a node, with all edges among its members.

    Raises UsageError where the network does not hold the node, or for a radius below one.
    """
    if radius < 1:
        raise UsageError(f"A radius of {radius} holds nobody. Give 1 or more.")
    pattern, start = network.pattern, network.node(iri)
    distance = np.full(network.size, -1)
    distance[start] = 0
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        if distance[here] == radius:
            break
        near = pattern.indices[pattern.indptr[here] : pattern.indptr[here + 1]]
        new = near[distance[near] < 0]
        distance[new] = distance[here] + 1
        waiting.extend(new.tolist())
    part = network.with_nodes(distance >= 0)
    return replace(part, values={**part.values, "distance": distance[distance >= 0]})


def symmetric(sources: IntArray, targets: IntArray, values: FloatArray, size: int) -> Any:
    """Return the symmetric matrix that holds each edge, of a value above nought, in both directions.

    Edges are sorted and sources are the smaller, as in a network: so that one half is there, and turning it over sorts the other.
    """
    starts = np.zeros(size + 1, np.int32)
    np.cumsum(np.bincount(sources, minlength=size), out=starts[1:])
    upper = sparse.csr_array((values, targets, starts), shape=(size, size))
    return upper + upper.T.tocsr()


def edges(
    incidence: Any, added: FloatArray, *, is_count: bool = False
) -> tuple[IntArray, IntArray, IntArray, FloatArray]:
    """Return sources, targets, counts and weights of B·D·Bᵀ: its upper triangle, sorted."""
    members = np.bincount(incidence.indices, minlength=incidence.shape[1]).astype(np.int64)
    if is_count and int((members * (members - 1) // 2).sum()) <= _PAIRS:
        sources, targets, counts = _counted(incidence, members)
        return sources, targets, counts, counts.astype(np.float64)
    # A complex product gives weight and count at once, and no weight of 0 can drop out of its places.
    scaled = incidence.copy()
    scaled.data = added[incidence.indices] + 1j
    found = _upper(scaled @ incidence.T)
    counts = np.rint(found.data.imag).astype(np.int32)
    return found.row.astype(np.int32), found.col.astype(np.int32), counts, found.data.real.copy()


def _counted(incidence: Any, members: NDArray[np.int64]) -> tuple[IntArray, IntArray, IntArray]:
    """Return the pairs of nodes and how many things they share: every pair of every thing is listed, sorted and counted.

    Half the time of a sparse product where few things have many members. Things of one size are taken together.
    """
    wide = np.uint32 if incidence.shape[0] < 1 << 16 else np.uint64  # what holds a pair as one number
    size = wide(incidence.shape[0])
    table = incidence.T.tocsr()
    keys = []
    for number in np.unique(members[members > 1]).tolist():
        start = table.indptr[:-1][members == number]
        nodes = table.indices[start[:, None] + np.arange(number)].astype(wide)
        first, second = np.triu_indices(number, 1)
        keys.append((nodes[:, first] * size + nodes[:, second]).ravel())
    every = np.concatenate([np.empty(0, wide), *keys])
    every.sort()
    new = np.flatnonzero(np.concatenate([np.ones(min(len(every), 1), bool), every[1:] != every[:-1]]))
    sources, targets = np.divmod(every[new], size)
    counts = np.diff(new, append=len(every))
    return sources.astype(np.int32), targets.astype(np.int32), counts.astype(np.int32)


def binary(rows: NDArray[Any], columns: NDArray[Any], shape: tuple[int, int]) -> Any:
    """Return the matrix with 1 at each of these places, however often a place comes."""
    matrix = sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr()
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix


def _upper(matrix: Any) -> Any:
    """Return what lies above the diagonal, sorted; turned over twice, which sorts in linear time."""
    rows = np.repeat(np.arange(matrix.shape[0], dtype=np.int32), np.diff(matrix.indptr))
    above = rows < matrix.indices
    places = rows[above], matrix.indices[above]
    return sparse.coo_array((matrix.data[above], places), shape=matrix.shape).tocsc().tocsr().tocoo()


def _numbered(places: IntArray, size: int) -> tuple[IntArray, IntArray]:
    """Return which places there are, and the number of each given one among them."""
    there = np.zeros(size, np.bool_)
    there[places] = True
    number = np.cumsum(there, dtype=np.int32) - 1
    return np.flatnonzero(there).astype(np.int32), number[places]


def _incidence(material: Material, rows: Ties, other: Ties | None) -> tuple[Any, IntArray, IntArray]:
    """Return the incidence of nodes and events, with the positions of both in the things of their kinds."""
    nodes, places = _numbered(rows.things, int(rows.things.max(initial=-1)) + 1)
    if other is None:
        events, columns = _numbered(rows.initiatives, material.initiatives)
        return binary(places, columns, (len(nodes), len(events))), nodes, events
    matrix = binary(places, rows.initiatives, (len(nodes), material.initiatives))
    events, columns = _numbered(other.things, int(other.things.max(initial=-1)) + 1)
    shared = (matrix @ binary(columns, other.initiatives, (len(events), material.initiatives)).T).tocsr()
    shared.sort_indices()
    shared.data[:] = 1.0
    held = np.diff(shared.indptr) > 0
    return shared[np.flatnonzero(held)].tocsr(), nodes[held], events


def _without_crowds(incidence: Any, nodes: IntArray, events: IntArray, largest: int) -> tuple[Any, IntArray, IntArray]:
    """Leave out things with more members than `largest`, and nodes that have a part in nothing else."""
    small = np.flatnonzero(np.bincount(incidence.indices, minlength=len(events)) <= largest)
    part = incidence[:, small].tocsr()
    held = np.flatnonzero(np.diff(part.indptr))
    return part[held].tocsr(), nodes[held], events[small]


def _shared(
    material: Material, other: Ties | None, events: IntArray, incidence: Any, year: int | None, half_life: float
) -> Shared:
    """Return what weightings know of the events; one that is no initiative has the money and years of its initiatives."""
    members = np.bincount(incidence.indices, minlength=len(events)).astype(np.int32)
    if other is None:
        last = np.where(material.ends == UNKNOWN_YEAR, material.starts, material.ends)[events]
        return Shared(members, material.money[events], last, year, half_life)
    column = np.searchsorted(events, other.things)
    here = (column < len(events)) & (events[np.minimum(column, len(events) - 1)] == other.things)
    other, column = take(other, here), column[here]
    last = np.zeros(len(events), np.int32)
    np.maximum.at(last, column, years(material, other)[1])
    pairs = np.unique(np.stack([column, other.initiatives]), axis=1)
    euros = np.nan_to_num(material.money)[pairs[1]]
    money = np.bincount(pairs[0], euros, minlength=len(events)).astype(np.float64)
    return Shared(members, money, last, year, half_life)
