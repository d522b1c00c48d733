"""The columns of the collaboration index and of a projection: plain arrays and string lists, sorted by IRI.

A row is named by its position. Positions are stable for one state of the store and mean nothing beyond it; what is
written down or handed to others is the IRI.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph_api.collaboration import columns
from graph_api.collaboration.columns import Categories, Lists, Texts
from graph_api.collaboration.matrix import Matrices
from loaders.errors import UsageError

IntArray = columns.IntArray
FloatArray = columns.FloatArray
Period = tuple[int | None, int | None]

UNKNOWN_YEAR = 0
"""Stands in a column of years where the source gives none."""

NO_OWNER = -1
"""Stands in the column of owners for an organisation that is not a unit of another."""

ROLES = ("applicant", "host", "partner", "pilot", "funder", "authority", "consultant", "mentioned")
COLLABORATION_ROLES = frozenset({"applicant", "host", "partner", "pilot"})
"""Money, supervision and mere mention are not collaboration; these four are."""

STANDINGS = ("reviewed", "asserted", "inferred", "")
"""How a statement came to be, the best first; "" where the source does not say."""

LANGUAGES = ("fi", "sv", "en")
"""Languages in which the index keeps names."""

KINDS = ("initiative", "pilot", "practice", "programme", "project")
"""Kinds of initiative, by their class; "initiative" where the source says no more than that."""


@dataclass(frozen=True, slots=True, eq=False)
class Concepts:
    """Things that are only named; `parents` holds the position of the broader concept, or `NO_OWNER`."""

    iris: Texts
    labels: Sequence[str]
    parents: IntArray

    def __len__(self) -> int:
        return len(self.iris)

    def within(self, positions: Iterable[int]) -> NDArray[np.bool_]:
        """Say of each concept whether it is one of some, or narrower than one, in however many steps."""
        found = np.zeros(len(self), dtype=bool)
        found[list(positions)] = True
        while True:
            more = ~found & (self.parents != NO_OWNER) & found[self.parents]
            if not more.any():
                return found
            found |= more


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Places: `parents` as in `Concepts`; `counties` the position of the wellbeing services county, or `NO_OWNER`.

    `kinds` holds notations (municipality, region …), "" where unknown; `names` the labels in each language, for those
    who ask by name.
    """

    iris: Texts
    labels: Sequence[str]
    names: tuple[Sequence[str], ...]
    parents: IntArray
    counties: IntArray
    kinds: Categories

    def __len__(self) -> int:
        return len(self.iris)

    def within(self, positions: Iterable[int]) -> NDArray[np.bool_]:
        """Say of each place whether it is one of some, or lies inside one (a region, a wellbeing services county)."""
        found = np.zeros(len(self), dtype=bool)
        found[list(positions)] = True
        while True:
            more = ((self.parents != NO_OWNER) & found[self.parents]) | (
                (self.counties != NO_OWNER) & found[self.counties]
            )
            if not (more & ~found).any():
                return found
            found |= more

    def regions(self) -> IntArray:
        """Return the position of the region that each place is or lies in, or `NO_OWNER`."""
        return self.around("region")

    def around(self, kind: str) -> IntArray:
        """Return the position of the place of a kind that each place is or lies in, or `NO_OWNER`."""
        found = np.where(self.kinds.among({kind}), np.arange(len(self), dtype=np.int32), NO_OWNER).astype(np.int32)
        for _ in range(4):  # a part of a municipality, municipality, sub-region, region
            unknown = (found == NO_OWNER) & (self.parents != NO_OWNER)
            found[unknown] = found[self.parents[unknown]]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Organisations:
    """The organisations that documents name, and the owners of their units.

    `types` holds notations ("" where unknown), `owners` the position of the owner of a unit, or `NO_OWNER`; `homes`
    the position of the place where it is (a unit's owner's, where its own is not known), `regions` that of the region
    of that place, or `NO_OWNER`.
    """

    iris: Texts
    labels: Sequence[str]
    types: Categories
    owners: IntArray
    homes: IntArray
    regions: IntArray

    def __len__(self) -> int:
        return len(self.iris)

    def position(self, iri: str) -> int:
        """Return the position of an organisation.

        Raises UsageError where the index does not hold it.
        """
        return _position(self.iris, iri, "organisation")


@dataclass(frozen=True, slots=True, eq=False)
class Initiatives:
    """Initiatives, pilots among them.

    `kinds` holds members of `KINDS`; `statuses` the notations that hold, `stated` what the source says, which differs
    where a stated end is past (`graph_api.collaboration.ruling`); `starts` and `ends` are the years of the work,
    `published` that in which it was told of, all `UNKNOWN_YEAR` where no source says; `languages` has a bit for each of `LANGUAGES` that a title or a describing document is in.
    """

    iris: Texts
    titles: Sequence[str]
    codes: Texts
    kinds: Categories
    statuses: Categories
    stated: Categories
    starts: IntArray
    ends: IntArray
    published: IntArray
    languages: IntArray

    def __len__(self) -> int:
        return len(self.iris)

    def position(self, iri: str) -> int:
        """Return the position of an initiative.

        Raises UsageError where the index does not hold it.
        """
        return _position(self.iris, iri, "initiative")


@dataclass(frozen=True, slots=True, eq=False)
class Participations:
    """Who took part in what: positions in the other tables; one row for each role of a participation.

    `confidences` (0–1) are those of the most certain evidence, 0 where there is none; `evidence` lists, best first,
    the positions in the table of evidence that a row stands on.
    """

    iris: Texts
    organisations: IntArray
    initiatives: IntArray
    roles: IntArray
    starts: IntArray
    ends: IntArray
    confidences: NDArray[np.float32]
    evidence: Lists

    def __len__(self) -> int:
        return len(self.iris)


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Pairs of positions, sorted; what the two sides are is said where the links are used.

    `confidences` and `evidence` are as in `Participations`.
    """

    left: IntArray
    right: IntArray
    confidences: NDArray[np.float32]
    evidence: Lists

    def __len__(self) -> int:
        return len(self.left)

    def of(self, left: int) -> slice:
        """Return the rows of one position on the left side."""
        start, end = np.searchsorted(self.left, [left, left + 1])
        return slice(int(start), int(end))


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Pieces of evidence: `documents` holds positions in the table of documents, `standings` members of `STANDINGS`.

    The quotation itself is in the store, under the IRI.
    """

    iris: Texts
    documents: IntArray
    confidences: NDArray[np.float32]
    standings: Categories

    def __len__(self) -> int:
        return len(self.iris)


@dataclass(frozen=True, slots=True, eq=False)
class Documents:
    """Documents that evidence stands in or that describe an initiative, with titles (else identifiers) and kinds ("" where unknown)."""

    iris: Texts
    titles: Texts
    kinds: Categories

    def __len__(self) -> int:
        return len(self.iris)


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Contact persons of initiatives, by what they do: job title, and employer (its position, or `NO_OWNER`).

    Their names are in the store alone.
    """

    iris: Texts
    titles: Categories
    employers: IntArray

    def __len__(self) -> int:
        return len(self.iris)


@dataclass(frozen=True, slots=True, eq=False)
class Money:
    """Sums by initiative: `funders` and `recipients` are positions of organisations, or `NO_OWNER`.

    Sums of different kinds (planned, granted, realised) are never to be added up; all are in euros unless
    `currencies` says otherwise.
    """

    iris: Texts
    initiatives: IntArray
    funders: IntArray
    recipients: IntArray
    amounts: FloatArray
    kinds: Categories
    currencies: Categories


@dataclass(frozen=True, slots=True, eq=False)
class Themes:
    """The words of titles: `initiatives` and `words` are pairs of positions, sorted; `stems` are the words.

    How a word becomes a stem is told in `graph_api.collaboration.words`.
    """

    stems: Texts
    initiatives: IntArray
    words: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class CollaborationIndex:
    """Everything that networks and partner finding need, read once from the store.

    `funders` links organisations to the initiatives they fund, `methods_used` initiatives to methods,
    `initiative_places` initiatives to places, `organisation_places` organisations to places, `pilots` pilots to the
    initiatives they are of, `hosts` pilots to organisations, `described` documents to initiatives, `contacts` people to initiatives. `roles` names the
    numbers in `participations.roles`; `type_labels` gives the label of each notation in `organisations.types`.
    """

    organisations: Organisations
    initiatives: Initiatives
    participations: Participations
    methods: Concepts
    places: Places
    funders: Links
    methods_used: Links
    initiative_places: Links
    organisation_places: Links
    pilots: Links
    hosts: Links
    described: Links
    contacts: Links
    people: People
    money: Money
    themes: Themes
    evidence: Evidence
    documents: Documents
    matrices: Matrices
    roles: list[str]
    type_labels: dict[str, str]


def _position(iris: Sequence[str], iri: str, what: str) -> int:
    place = bisect_left(iris, iri)
    if place == len(iris) or iris[place] != iri:
        raise UsageError(f"The graph holds no {what} {iri}. Look the IRI up in the graph and try again.")
    return place
