"""What partner finding keeps of an index: its matrices over the mapped memory, and a few figures of each organisation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph_api.collaboration.columns import IntArray
from graph_api.collaboration.matrices import inverse_frequencies
from graph_api.collaboration.tables import NO_OWNER, UNKNOWN_YEAR, CollaborationIndex
from graph_api.partners.answers import Proof
from graph_api.wording import Term, said

Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]

FEW_PARTNERS = 10
"""Whoever has had fewer partners is a newcomer."""

HALF_LIFE = 4.0
"""Years after which what somebody did counts half."""

LEADING = frozenset({"applicant", "host"})


@dataclass(frozen=True, eq=False)
class Market:
    """An index, ready for questions about partners; what is derived from it is derived once, when first needed."""

    index: CollaborationIndex

    @cached_property
    def work(self) -> Any:
        """Organisations × initiatives: how certain it is that one collaborates in the other."""
        return self.index.matrices.work.sparse()

    @cached_property
    def workers(self) -> Any:
        """The same, initiatives × organisations."""
        return self.index.matrices.workers.sparse()

    @cached_property
    def methods(self) -> Any:
        """Initiatives × methods."""
        return self.index.matrices.methods.sparse()

    @cached_property
    def participants(self) -> Scores:
        """How many organisations take part in each initiative."""
        return np.diff(self.index.matrices.workers.offsets).astype(np.float32)

    @cached_property
    def initiatives(self) -> Scores:
        """How many initiatives each organisation takes part in."""
        return np.diff(self.index.matrices.work.offsets).astype(np.float32)

    @cached_property
    def newcomers(self) -> Mask:
        """Who has had fewer than `FEW_PARTNERS` partners."""
        return self.index.matrices.partners < FEW_PARTNERS

    @cached_property
    def method_rarity(self) -> Scores:
        """Return log(1 + N/n) for each method, N initiatives with methods of which n use it; what all use still counts."""
        users = np.diff(self.index.matrices.users.offsets)
        known = int((np.diff(self.index.matrices.methods.offsets) > 0).sum())
        return np.log1p(known / np.maximum(users, 1)).astype(np.float32)

    @cached_property
    def word_rarity(self) -> Scores:
        """Return the inverse frequency of each word."""
        return inverse_frequencies(self.index.themes, len(self.index.initiatives))

    @cached_property
    def stems(self) -> dict[str, int]:
        """Return the position of each word."""
        return {stem: place for place, stem in enumerate(self.index.themes.stems)}

    @cached_property
    def present(self) -> int:
        """The last year in which an initiative that anyone takes part in began: the data's own present."""
        starts = self.index.initiatives.starts[self.participants > 0]
        return int(starts.max()) if len(starts) else UNKNOWN_YEAR

    @cached_property
    def last_years(self) -> IntArray:
        """The last year of each initiative, no later than the present; `UNKNOWN_YEAR` where it has no date."""
        table = self.index.initiatives
        last = np.where(table.ends == UNKNOWN_YEAR, table.starts, table.ends)
        return np.minimum(last, self.present).astype(np.int32)

    @cached_property
    def freshness(self) -> Scores:
        """Half for every `HALF_LIFE` years since the end of each initiative; without a date as if long ago."""
        age = np.where(self.last_years == UNKNOWN_YEAR, 4 * HALF_LIFE, self.present - self.last_years)
        return (0.5 ** (age / HALF_LIFE)).astype(np.float32)

    @cached_property
    def activity(self) -> Scores:
        """How much each organisation has done of late: the sum of the freshness of its initiatives."""
        done: Scores = self.work @ self.freshness
        return done

    @cached_property
    def led(self) -> Scores:
        """How many initiatives each organisation has led, weighted by how certain that is."""
        table = self.index.participations
        leading = np.array([role in LEADING for role in self.index.roles], dtype=bool)[table.roles]
        sure = np.where(table.confidences[leading] > 0, table.confidences[leading], 0.5)
        return np.bincount(table.organisations[leading], weights=sure, minlength=len(self.index.organisations)).astype(
            np.float32
        )

    @cached_property
    def bodies(self) -> IntArray:
        """The last owner of each organisation, itself where it has none: a unit and its owner are one body."""
        owners = self.index.organisations.owners
        found = np.arange(len(owners), dtype=np.int32)
        for _ in range(8):  # deeper chains, and circles, end here
            owner = owners[found]
            found = np.where(owner == NO_OWNER, found, owner).astype(np.int32)
        return found

    def partners_of(self, organisation: int) -> IntArray:
        """Return whom an organisation has worked with, in order."""
        met = np.unique(self.index.matrices.workers.rows(self.index.matrices.work.row(organisation)))
        others: IntArray = met[met != organisation].astype(np.int32)
        return others

    def body_of(self, organisation: int) -> IntArray:
        """Return an organisation with its owners, their units, and so on: all that is one body with it."""
        return np.flatnonzero(self.bodies == self.bodies[organisation]).astype(np.int32)

    @cached_property
    def _by_organisation(self) -> tuple[IntArray, IntArray]:
        who = self.index.participations.organisations
        order = np.argsort(who, kind="stable").astype(np.int32)
        counts = np.bincount(who, minlength=len(self.index.organisations))
        return order, np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)

    def participations_of(self, organisation: int) -> IntArray:
        """Return the rows of the participations of an organisation, in order."""
        order, offsets = self._by_organisation
        rows: IntArray = order[offsets[organisation] : offsets[organisation + 1]]
        return rows

    def part_of(self, organisation: int, initiative: int) -> list[Proof]:
        """Return what says that an organisation takes part in an initiative, the most certain first."""
        table, name = self.index.participations, self.index.organisations.labels[organisation]
        rows = self.participations_of(organisation)
        rows = rows[table.initiatives[rows] == initiative]
        order = np.lexsort((rows, -table.confidences[rows]))
        found = []
        for row in rows[order].tolist():
            pieces, role = table.evidence[row], self.index.roles[int(table.roles[row])]
            what = said("proof.part", name=name, role=Term("roles", role))
            found.append(Proof(what, initiative, int(pieces[0]) if len(pieces) else None))
        return found
