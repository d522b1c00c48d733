"""The collaboration index, derived from the store: read with flat queries (`reading`), joined here into columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import numpy as np
import pyoxigraph as ox

from graph_api.collaboration.columns import Categories, IntArray, Lists, Texts
from graph_api.collaboration.matrices import derive_matrices
from graph_api.collaboration.naming import NamesIn, names_in, with_names
from graph_api.collaboration.reading import (
    Names,
    Piece,
    Proofs,
    Rows,
    by_value,
    first,
    instances,
    language_bits,
    pairs,
    participation_rows,
    read_statuses,
    read_years,
)
from graph_api.collaboration.ruling import Years, holds
from graph_api.collaboration.tables import (
    COLLABORATION_ROLES,
    KINDS,
    LANGUAGES,
    NO_OWNER,
    ROLES,
    STANDINGS,
    UNKNOWN_YEAR,
    CollaborationIndex,
    Concepts,
    Documents,
    Evidence,
    Initiatives,
    Links,
    Money,
    Organisations,
    Participations,
    People,
    Places,
    Themes,
)
from graph_api.collaboration.words import stems
from loaders.iris import DCTERMS, HV, SKOS

__all__ = [
    "COLLABORATION_ROLES",
    "KINDS",
    "NO_OWNER",
    "ROLES",
    "UNKNOWN_YEAR",
    "CollaborationIndex",
    "read_index",
]

_EVIDENCED = ("funds", "usesMethod", "takesPlaceIn", "locatedIn", "pilotOf", "hostedBy", "contactFor")
"""Relations of which each statement has evidence of its own."""

Positions = dict[str, int]
Pairs = set[tuple[str, str]]


def read_index(store: ox.Store, language: str = "fi", *, year: int | None = None) -> CollaborationIndex:
    """Read the index from all graphs of a store.

    Labels and titles are taken in `language` where there is one, else in Finnish, then without a language, Swedish, English.
    The result does not depend on the order in which documents were loaded. Where sources contradict each other, what
    holds of dates and statuses is told in `graph_api.collaboration.ruling` (`year` is the one that counts as now, this
    year where none is given); of other values the first in sort order is taken. A participation that lacks its organisation, initiative or role is left out: the shapes report it.
    """
    index, names = read_named(store, year or datetime.now(UTC).year)
    return with_names(index, names, language)


def read_named(store: ox.Store, year: int) -> tuple[CollaborationIndex, dict[str, NamesIn]]:
    """Read the index as it is in a year, without names, and the names in each of `LANGUAGES` beside it."""
    return _Reader(store, year).read()


class _Reader:
    """Reads one store; what several tables need is read once."""

    def __init__(self, store: ox.Store, year: int) -> None:
        self.store, self.year = store, year
        self.labels, self.titles = Names(store, SKOS + "prefLabel"), Names(store, DCTERMS + "title")
        self.years: Years = read_years(store)
        self.rows: Rows = participation_rows(store)
        self.codes = first(store, HV + "code")
        self.broader = first(store, SKOS + "broader")
        self.proofs = Proofs(store, [HV + name for name in _EVIDENCED])
        self.funds, self.used, self.sited, self.located, self.pilots, self.hosted, self.contacts, self.describes = (
            set(pairs(store, HV + name)) for name in (*_EVIDENCED, "describes")
        )
        self.pieces: dict[str, Piece] = {}

    def read(self) -> tuple[CollaborationIndex, dict[str, NamesIn]]:
        """Return the index and its names."""
        places = self._places()
        organisations = self._organisations(places)
        initiatives = self._initiatives()
        methods = self._methods()
        people = sorted({person for person, _ in self.contacts})
        documents = Texts.of(sorted({document for document, _ in self.describes} | set(self.proofs.documents.values())))
        at = {
            name: _positions(iris)
            for name, iris in (
                ("organisation", organisations.iris),
                ("initiative", initiatives.iris),
                ("method", methods.iris),
                ("place", places.iris),
                ("document", documents),
                ("person", people),
            )
        }
        roles = [*ROLES, *sorted({row[3] for row in self.rows}.difference(ROLES))]
        rows, links = self._numbered(at, roles)
        evidence = self._evidence(at["document"])
        number = _positions(evidence.iris)
        participations = self._participations(rows, number)
        described = Links(*_split(links["describes"][0]), *_unproved(len(links["describes"][0])))
        parts = {name: _links(found, pieces, number) for name, (found, pieces) in links.items() if name != "describes"}
        themes = self._themes(initiatives.iris)
        index = CollaborationIndex(
            organisations=organisations,
            initiatives=initiatives,
            participations=participations,
            methods=methods,
            places=places,
            funders=parts["funds"],
            methods_used=parts["usesMethod"],
            initiative_places=parts["takesPlaceIn"],
            organisation_places=parts["locatedIn"],
            pilots=parts["pilotOf"],
            hosts=parts["hostedBy"],
            described=described,
            contacts=parts["contactFor"],
            people=self._people(people, at["organisation"]),
            money=self._money(at),
            themes=themes,
            evidence=evidence,
            documents=self._documents(documents),
            matrices=derive_matrices(
                participations, parts["usesMethod"], themes, roles, organisations, initiatives, methods
            ),
            roles=roles,
            type_labels={},
        )
        return index, {language: names_in(language, index, self.labels, self.titles) for language in LANGUAGES}

    def _places(self) -> Places:
        counties = first(self.store, HV + "wellbeingCounty")
        known = {place for _, place in self.located | self.sited}
        known = _closed(_closed(known, counties), self.broader)
        iris = sorted(known)
        at, kinds = _positions(iris), first(self.store, HV + "placeKind")
        return Places(
            iris=Texts.of(iris),
            labels=(),
            names=(),
            parents=_ints(at[self.broader[iri]] if iri in self.broader else NO_OWNER for iri in iris),
            counties=_ints(at[counties[iri]] if iri in counties else NO_OWNER for iri in iris),
            kinds=Categories.of(_tail(kinds.get(iri, "")) or _kind_in(iri) for iri in iris),
        )

    def _methods(self) -> Concepts:
        tops = {subject for subject, _ in pairs(self.store, SKOS + "topConceptOf")}  # a group of methods is no method
        broader = {method: wider for method, wider in self.broader.items() if wider not in tops}
        iris = sorted(_closed({method for _, method in self.used}, broader))
        at = _positions(iris)
        parents = _ints(at[broader[iri]] if iri in broader else NO_OWNER for iri in iris)
        return Concepts(Texts.of(iris), (), parents)

    def _organisations(self, places: Places) -> Organisations:
        """An owner that no document names is an organisation as well: units are folded into it."""
        owners = first(self.store, HV + "unitOf")
        named = instances(self.store, "Organisation").union(row[1] for row in self.rows)
        named |= {funder for funder, _ in self.funds} | {host for _, host in self.hosted}
        iris = sorted(_closed(named, owners))
        at, types, homes = _positions(iris), by_value(self.store, HV + "organisationType"), _least(self.located)
        place = _positions(places.iris)
        owned = _ints(at[owners[iri]] if iri in owners else NO_OWNER for iri in iris)
        where = _ints(place.get(homes.get(iri, ""), NO_OWNER) for iri in iris)
        for _ in range(4):  # a unit of a unit of …
            unknown = (where == NO_OWNER) & (owned != NO_OWNER)
            where[unknown] = where[owned[unknown]]
        return Organisations(
            iris=Texts.of(iris),
            labels=(),
            types=Categories.of(_tail(types.get(iri, "")) for iri in iris),
            owners=owned,
            homes=where,
            regions=np.where(where == NO_OWNER, NO_OWNER, _taken(places.regions(), where)).astype(np.int32),
        )

    def _initiatives(self) -> Initiatives:
        known = instances(self.store, "Initiative").union(row[2] for row in self.rows)
        iris = sorted(known)
        stated = read_statuses(self.store)
        kinds: dict[str, str] = {}
        for kind in reversed(KINDS[1:]):  # an initiative of two kinds is a pilot before it is a project
            kinds.update(dict.fromkeys(instances(self.store, kind.capitalize()), kind))
        spoken = by_value(self.store, DCTERMS + "language")
        bits = {iri: self.titles.languages(iri) for iri in iris}
        for document, initiative in self.describes:
            if initiative in bits:
                bits[initiative] |= language_bits([spoken.get(document)])
        return Initiatives(
            iris=Texts.of(iris),
            titles=(),
            codes=Texts.of(self.codes.get(iri, "") for iri in iris),
            kinds=Categories.of(kinds.get(iri, "initiative") for iri in iris),
            statuses=Categories.of(
                holds(stated.get(iri, ""), self.years.ends.get(iri, UNKNOWN_YEAR), self.year) for iri in iris
            ),
            stated=Categories.of(stated.get(iri, "") for iri in iris),
            starts=_ints(self.years.starts.get(iri, UNKNOWN_YEAR) for iri in iris),
            ends=_ints(self.years.ends.get(iri, UNKNOWN_YEAR) for iri in iris),
            published=_ints(self.years.published.get(iri, UNKNOWN_YEAR) for iri in iris),
            languages=_ints(bits[iri] for iri in iris),
        )

    def _numbered(
        self, at: dict[str, Positions], roles: list[str]
    ) -> tuple[list[tuple[str, int, int, int]], dict[str, tuple[list[tuple[int, int]], list[list[Piece]]]]]:
        """Return participations and links as positions, links with their evidence; note the evidence of all."""
        role = _positions(roles)
        rows = [(p, at["organisation"][o], at["initiative"][i], role[r]) for p, o, i, r in self.rows]
        for participation, *_ in rows:
            self._note(self.proofs.of_thing(participation))
        links = {}
        for name, found, sides, about in (
            ("funds", self.funds, ("organisation", "initiative"), 1),
            ("usesMethod", self.used, ("initiative", "method"), 0),
            ("takesPlaceIn", self.sited, ("initiative", "place"), 0),
            ("locatedIn", self.located, ("organisation", "place"), 0),
            ("pilotOf", self.pilots, ("initiative", "initiative"), 0),
            ("hostedBy", self.hosted, ("initiative", "organisation"), 0),
            ("contactFor", self.contacts, ("person", "initiative"), 1),
            ("describes", self.describes, ("document", "initiative"), None),
        ):
            left, right = at[sides[0]], at[sides[1]]
            kept = sorted(
                (left[pair[0]], right[pair[1]], pair) for pair in found if pair[0] in left and pair[1] in right
            )
            pieces = [
                self.proofs.of_statement(pair[0], HV + name, pair[1], row_of=pair[about]) if about is not None else []
                for _, _, pair in kept
            ]
            for each in pieces:
                self._note(each)
            links[name] = ([(a, b) for a, b, _ in kept], pieces)
        return rows, links

    def _note(self, pieces: Iterable[Piece]) -> None:
        self.pieces.update((piece[2], piece) for piece in pieces)

    def _evidence(self, document: Positions) -> Evidence:
        iris = sorted(self.pieces)
        found = [self.pieces[iri] for iri in iris]
        return Evidence(
            iris=Texts.of(iris),
            documents=_ints(document.get(self.proofs.documents.get(iri, ""), NO_OWNER) for iri in iris),
            confidences=np.array([-piece[1] for piece in found], dtype=np.float32),
            standings=Categories.of(STANDINGS[piece[0]] for piece in found),
        )

    def _participations(self, rows: list[tuple[str, int, int, int]], number: Positions) -> Participations:
        pieces = [self.proofs.of_thing(row[0]) for row in rows]
        whole = {row[0]: row[2] for row in self.rows}
        return Participations(
            iris=Texts.of(row[0] for row in rows),
            organisations=_ints(row[1] for row in rows),
            initiatives=_ints(row[2] for row in rows),
            roles=_ints(row[3] for row in rows),
            starts=_ints(self.years.start_of_part(row[0], whole[row[0]]) for row in rows),
            ends=_ints(self.years.end_of_part(row[0], whole[row[0]]) for row in rows),
            confidences=_confidences(pieces),
            evidence=Lists.of([[number[piece[2]] for piece in each] for each in pieces]),
        )

    def _money(self, at: dict[str, Positions]) -> Money:
        about, amounts = first(self.store, HV + "fundedInitiative"), first(self.store, HV + "amount")
        funders, recipients = first(self.store, HV + "funder"), first(self.store, HV + "recipient")
        kinds, currencies = by_value(self.store, HV + "amountKind"), by_value(self.store, HV + "currency")
        iris = sorted(iri for iri in about if iri in amounts and about[iri] in at["initiative"])
        organisation = at["organisation"]
        return Money(
            iris=Texts.of(iris),
            initiatives=_ints(at["initiative"][about[iri]] for iri in iris),
            funders=_ints(organisation.get(funders.get(iri, ""), NO_OWNER) for iri in iris),
            recipients=_ints(organisation.get(recipients.get(iri, ""), NO_OWNER) for iri in iris),
            amounts=np.array([float(amounts[iri]) for iri in iris], dtype=np.float64),
            kinds=Categories.of(_tail(kinds.get(iri, "")) for iri in iris),
            currencies=Categories.of(_tail(currencies.get(iri, "EUR")) for iri in iris),
        )

    def _people(self, iris: list[str], organisation: Positions) -> People:
        titles, employers = by_value(self.store, HV + "jobTitle"), first(self.store, HV + "worksFor")
        return People(
            iris=Texts.of(iris),
            titles=Categories.of(titles.get(iri, "") for iri in iris),
            employers=_ints(organisation.get(employers.get(iri, ""), NO_OWNER) for iri in iris),
        )

    def _documents(self, iris: Texts) -> Documents:
        kinds, identifiers = by_value(self.store, HV + "documentKind"), first(self.store, DCTERMS + "identifier")
        titles = zip(self.titles.of(iris, "fi"), iris, strict=True)
        return Documents(
            iris=iris,
            titles=Texts.of(title or identifiers.get(iri) or _tail(iri) for title, iri in titles),
            kinds=Categories.of(kinds.get(iri, "") for iri in iris),
        )

    def _themes(self, initiatives: Sequence[str]) -> Themes:
        titled = [set().union(*map(stems, self.titles.texts(iri))) for iri in initiatives]
        names = sorted(set().union(*titled))
        at = _positions(names)
        found = [sorted(at[word] for word in words) for words in titled]
        return Themes(
            stems=Texts.of(names),
            initiatives=np.repeat(np.arange(len(found), dtype=np.int32), [len(words) for words in found]),
            words=_ints(word for words in found for word in words),
        )


def _closed(known: set[str], wider: dict[str, str]) -> set[str]:
    found, waiting = set(known), list(known)
    while waiting:
        other = wider.get(waiting.pop())
        if other is not None and other not in found:
            found.add(other)
            waiting.append(other)
    return found


def _links(found: list[tuple[int, int]], pieces: list[list[Piece]], number: Positions) -> Links:
    evidence = Lists.of([[number[piece[2]] for piece in each] for each in pieces])
    return Links(*_split(found), _confidences(pieces), evidence)


def _split(found: list[tuple[int, int]]) -> tuple[IntArray, IntArray]:
    return _ints(a for a, _ in found), _ints(b for _, b in found)


def _unproved(size: int) -> tuple[np.ndarray[tuple[int], np.dtype[np.float32]], Lists]:
    return np.zeros(size, dtype=np.float32), Lists.of([[]] * size)


def _confidences(pieces: list[list[Piece]]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.array([max((-piece[1] for piece in each), default=0.0) for each in pieces], dtype=np.float32)


def _least(found: Pairs) -> dict[str, str]:
    least: dict[str, str] = {}
    for left, right in found:
        least[left] = min(least.get(left, right), right)
    return least


def _kind_in(iri: str) -> str:
    """Return what the IRI itself tells of the kind of a place ("maakunta-06")."""
    name = _tail(iri).partition("-")[0]
    return {"maakunta": "region", "kunta": "municipality", "hva": "wellbeing-county", "maa": "country"}.get(name, "")


def _taken(values: IntArray, where: IntArray) -> IntArray:
    return values[where] if len(values) else np.full(len(where), NO_OWNER, dtype=np.int32)


def _positions(iris: Iterable[str]) -> Positions:
    return {iri: place for place, iri in enumerate(iris)}


def _ints(values: Iterable[int]) -> IntArray:
    return np.fromiter(values, dtype=np.int32)


def _tail(iri: str) -> str:
    return iri.rpartition("/")[2]
