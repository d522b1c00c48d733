"""What networks are made of: things of several kinds, and rows that tie a thing to an initiative.

The initiative is the hub: an organisation takes part in it, a method is used in it, a funder pays for it, it takes place
somewhere, a document describes it, a person is its contact. Every relation between two kinds of thing follows from
their rows. Arrays are parallel; a position means nothing beyond one state of the store, an IRI does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np

from graph_api.collaboration.columns import Categories
from graph_api.collaboration.tables import NO_OWNER, UNKNOWN_YEAR, FloatArray, IntArray
from loaders.errors import UsageError

__all__ = [
    "KINDS",
    "NO_EVIDENCE",
    "NO_OWNER",
    "NO_PLACE",
    "UNKNOWN_YEAR",
    "Kind",
    "Material",
    "OnDemand",
    "Things",
    "Ties",
]

Kind = str
Part = TypeVar("Part")
KINDS: tuple[Kind, ...] = (
    "organisation",
    "initiative",
    "pilot",
    "method",
    "place",
    "funder",
    "person",
    "document",
    "theme",
    "region",
)
"""Kinds of node. A pilot is an initiative of that kind; a theme is a word that titles share (see `themes`)."""

NO_EVIDENCE = -1
"""Stands in the column of evidence for a row that no evidence stands behind."""

NO_PLACE = -1
"""Stands in a column of places for a thing whose place is not known."""


class Pairs(NamedTuple):
    """Pairs of positions, two parallel arrays; what the two sides are is said where they are used."""

    left: IntArray
    right: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Things:
    """Things of one kind, sorted by IRI; `types` holds notations or job titles, "" where unknown."""

    iris: Sequence[str]
    labels: Sequence[str]
    types: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self.iris)

    def position(self, iri: str) -> int:
        """Return the position of a thing.

        Raises UsageError where there is no such thing.
        """
        place = bisect_left(self.iris, iri)
        if place == len(self) or self.iris[place] != iri:
            raise UsageError(
                f"The network's material holds nothing called {iri}. Look the IRI up in the graph and try again."
            )
        return place


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """Rows that tie a thing to an initiative.

    `roles` are positions in `Material.roles`; `confidences` lie between 0 and 1 (1 where nobody said); `starts` and
    `ends` are years of the tie itself, or `UNKNOWN_YEAR`; `evidence` are positions in `Material.evidence`.
    """

    things: IntArray
    initiatives: IntArray
    roles: IntArray
    confidences: FloatArray
    starts: IntArray
    ends: IntArray
    evidence: IntArray

    def __len__(self) -> int:
        return len(self.things)

    @classmethod
    def plain(cls, things: IntArray, initiatives: IntArray, role: int = 0) -> Ties:
        """Return rows of which no more is known than what they tie, all in one role."""
        size = len(things)
        unknown = np.full(size, UNKNOWN_YEAR, np.int32)
        return cls(
            things=np.asarray(things, np.int32),
            initiatives=np.asarray(initiatives, np.int32),
            roles=np.full(size, role, np.int32),
            confidences=np.ones(size),
            starts=unknown,
            ends=unknown,
            evidence=np.full(size, NO_EVIDENCE, np.int32),
        )


class OnDemand(Mapping[Kind, Part]):
    """Parts of the material by kind, each made when it is first asked for: most networks need one or two kinds.

    Parameters
    ----------
    makers : mapping
        What makes the part of each kind. Whoever asks in several threads at once may have it made more than once.
    """

    def __init__(self, makers: Mapping[Kind, Callable[[], Part]]) -> None:
        self._makers = makers
        self._made: dict[Kind, Part] = {}

    def __getitem__(self, kind: Kind) -> Part:
        if kind not in self._made:
            self._made[kind] = self._makers[kind]()
        return self._made[kind]

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


@dataclass(frozen=True, eq=False)
class Material:
    """Everything that a network is made of.

    Attributes
    ----------
    things : mapping of Things
        By kind. "initiative" is always there; "pilot" never is (its things are initiatives).
    ties : mapping of Ties
        By kind, for every kind but initiatives and pilots.
    kinds, starts, ends, published, money
        Of each initiative: its kind, its first and last year and that in which it was told of (or `UNKNOWN_YEAR`), euros
        (or not a number).
    sites : pair of int arrays
        Initiative and region, for every region in which an initiative takes place.
    owners, homes, municipalities
        Of each organisation: the position of its owner (or `NO_OWNER`), of its region in `regions` and of its
        municipality in the things of kind "place" (or `NO_PLACE`).
    regions, region_names
        The regions, and what they are called in each language, for those who ask by name.
    roles, evidence, type_labels
        Names of the numbers in `Ties.roles`; IRIs of the evidence; the label of each type of organisation.
    """

    things: Mapping[Kind, Things]
    ties: Mapping[Kind, Ties]
    kinds: Categories
    starts: IntArray
    ends: IntArray
    money: FloatArray
    owners: IntArray
    homes: IntArray
    municipalities: IntArray
    regions: Things
    sites: tuple[IntArray, IntArray]
    roles: list[str]
    evidence: Sequence[str]
    type_labels: dict[str, str]
    codes: Sequence[str]
    region_names: tuple[Sequence[str], ...] = ()
    published: IntArray | None = None

    def things_of(self, kind: Kind) -> Things:
        """Return the things of a kind.

        Raises UsageError for a kind that does not exist or was not read.
        """
        if kind == "pilot":
            return self.things["initiative"]
        if kind not in self.things:
            known = ", ".join(name for name in KINDS if name in self.things or name == "pilot")
            raise UsageError(f'There is no kind of node "{kind}". Use one of: {known}.')
        return self.things[kind]

    @property
    def initiatives(self) -> int:
        """Return the number of initiatives."""
        return len(self.things["initiative"])

    @classmethod
    def of_rows(
        cls,
        organisations: list[str],
        initiatives: list[str],
        rows: tuple[IntArray, IntArray],
        *,
        years: IntArray | None = None,
        money: FloatArray | None = None,
        homes: list[str] | None = None,
    ) -> Material:
        """Return material that holds organisations and initiatives alone: for networks that come from elsewhere.

        Parameters
        ----------
        organisations, initiatives : list of str
            IRIs (any distinct texts will do), sorted.
        rows : pair of int arrays
            Who took part in what, as positions in the two lists.
        years, money : arrays, optional
            The year of each initiative, and its euros.
        homes : list of str, optional
            The region of each organisation.
        """
        unknown = np.full(len(initiatives), UNKNOWN_YEAR, np.int32)
        regions = sorted(set(homes or ()))
        return cls(
            things={
                "organisation": Things(organisations, organisations, [""] * len(organisations)),
                "initiative": Things(initiatives, initiatives, ["project"] * len(initiatives)),
            },
            ties={"organisation": Ties.plain(*rows)},
            kinds=Categories.of(["project"] * len(initiatives)),
            starts=unknown if years is None else np.asarray(years, np.int32),
            ends=unknown if years is None else np.asarray(years, np.int32),
            money=np.full(len(initiatives), np.nan) if money is None else np.asarray(money, np.float64),
            owners=np.full(len(organisations), NO_OWNER, np.int32),
            homes=np.array([regions.index(home) for home in homes], np.int32)
            if homes
            else np.full(len(organisations), NO_PLACE, np.int32),
            municipalities=np.full(len(organisations), NO_PLACE, np.int32),
            regions=Things(regions, regions, [""] * len(regions)),
            sites=(np.empty(0, np.int32), np.empty(0, np.int32)),
            roles=["partner"],
            evidence=[],
            type_labels={},
            codes=[""] * len(initiatives),
        )
