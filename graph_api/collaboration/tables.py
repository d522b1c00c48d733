"""The columns of the collaboration index and of a projection: plain arrays and string lists, sorted by IRI.

A row is named by its position. Positions are stable for one state of the store and mean nothing beyond it; what is
written down or handed to others is the IRI.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from loaders.errors import UsageError

IntArray = NDArray[np.int32]
FloatArray = NDArray[np.float64]
Weighting = Literal["count", "newman"]
Period = tuple[int | None, int | None]

UNKNOWN_YEAR = 0
"""Stands in a column of years where the source gives none."""

NO_OWNER = -1
"""Stands in the column of owners for an organisation that is not a unit of another."""

ROLES = ("applicant", "host", "partner", "pilot", "funder", "authority", "consultant", "mentioned")
COLLABORATION_ROLES = frozenset({"applicant", "host", "partner", "pilot"})
"""Money, supervision and mere mention are not collaboration; these four are."""

KINDS = ("initiative", "pilot", "practice", "programme", "project")
"""Kinds of initiative, by their class; "initiative" where the source says no more than that."""


@dataclass(frozen=True, slots=True, eq=False)
class Concepts:
    """Things that are only named: methods, places."""

    iris: list[str]
    labels: list[str]

    def __len__(self) -> int:
        return len(self.iris)


@dataclass(frozen=True, slots=True, eq=False)
class Organisations:
    """`types` holds notations ("" where unknown), `owners` the position of the owner of a unit, or `NO_OWNER`."""

    iris: list[str]
    labels: list[str]
    types: list[str]
    owners: IntArray

    def __len__(self) -> int:
        return len(self.iris)

    def position(self, iri: str) -> int:
        """Return the position of an organisation.

        Raises UsageError where the index does not hold it.
        """
        return _position(self.iris, iri, "organisation")


@dataclass(frozen=True, slots=True, eq=False)
class Initiatives:
    """`kinds` holds members of `KINDS`; `starts` and `ends` are years, or `UNKNOWN_YEAR`."""

    iris: list[str]
    titles: list[str]
    codes: list[str]
    kinds: list[str]
    starts: IntArray
    ends: IntArray

    def __len__(self) -> int:
        return len(self.iris)

    def position(self, iri: str) -> int:
        """Return the position of an initiative.

        Raises UsageError where the index does not hold it.
        """
        return _position(self.iris, iri, "initiative")


@dataclass(frozen=True, slots=True, eq=False)
class Participations:
    """Who took part in what: positions in the other tables; one row for each role of a participation."""

    iris: list[str]
    organisations: IntArray
    initiatives: IntArray
    roles: IntArray
    starts: IntArray
    ends: IntArray

    def __len__(self) -> int:
        return len(self.iris)


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Pairs of positions, sorted; what the two sides are is said where the links are used."""

    left: IntArray
    right: IntArray

    def __len__(self) -> int:
        return len(self.left)


@dataclass(frozen=True, slots=True, eq=False)
class CollaborationIndex:
    """Everything that networks and partner finding need, read once from the store.

    `funders` links organisations to the initiatives they fund, `methods_used` initiatives to methods,
    `initiative_places` initiatives to places, `organisation_places` organisations to places. `roles` names the
    numbers in `participations.roles`; `type_labels` gives the label of each notation in `organisations.types`.
    """

    organisations: Organisations
    initiatives: Initiatives
    participations: Participations
    methods: Concepts
    places: Concepts
    funders: Links
    methods_used: Links
    initiative_places: Links
    organisation_places: Links
    roles: list[str]
    type_labels: dict[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """A network of organisations.

    `nodes` are the positions, in `index.organisations`, of everyone who takes part in what was asked for, with or
    without a partner. An edge joins `sources[e]` and `targets[e]`, which are positions in `nodes`, sources being the
    smaller; edges are sorted. `counts` is the number of shared initiatives whatever the weighting. `members` are the
    rows of `index.participations` that were used and `member_nodes` whose they are; `shares` is what each initiative
    of the index adds to the weight of an edge. `undated` is the number of initiatives left out because a period was
    asked for and nothing is known of when they took place.
    """

    index: CollaborationIndex
    weighting: Weighting
    period: Period
    nodes: IntArray
    sources: IntArray
    targets: IntArray
    weights: FloatArray
    counts: IntArray
    members: IntArray
    member_nodes: IntArray
    shares: FloatArray
    undated: int
    incidence: Any  # scipy.sparse.csr_array, nodes × initiatives

    def initiatives_of(self, node: int) -> IntArray:
        """Return the positions of the initiatives that a node takes part in."""
        row: IntArray = self.incidence.indices[self.incidence.indptr[node] : self.incidence.indptr[node + 1]]
        return row

    def shared(self, edge: int) -> IntArray:
        """Return the positions of the initiatives that an edge stands for, computed when asked for."""
        first, second = self.initiatives_of(self.sources[edge]), self.initiatives_of(self.targets[edge])
        return np.intersect1d(first, second, assume_unique=True)

    def all_shared(self) -> Iterator[IntArray]:
        """Yield what `shared` returns for every edge in turn."""
        return (self.shared(edge) for edge in range(len(self.sources)))


def _position(iris: list[str], iri: str, what: str) -> int:
    place = bisect_left(iris, iri)
    if place == len(iris) or iris[place] != iri:
        raise UsageError(f"The graph holds no {what} {iri}. Look the IRI up in the graph and try again.")
    return place
