"""The material of networks, read from a store.

Organisations, initiatives, methods and places come from the collaboration index. People (by their job title, never by
name), documents, money, regions, and how certain each row is, with its best evidence, are read beside it with flat
queries of one predicate each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, cast

import numpy as np
import pyoxigraph as ox

from graph_api.collaboration.index import read_index
from graph_api.collaboration.tables import UNKNOWN_YEAR, CollaborationIndex, FloatArray, IntArray, Links
from graph_api.networks.material import NO_EVIDENCE, NO_PLACE, Material, Pairs, Things, Ties
from graph_api.networks.selection import regions_of_initiatives
from graph_api.networks.themes import read_themes
from loaders.iris import BASE, DCTERMS, HV, RDF, SKOS

DEFAULT_MONEY = "granted-eu-state"
"""Kind of amount that weighs by default: what was granted. Kinds are never mixed."""

Support = dict[str, tuple[float, str]]
"""What each thing rests on: the highest confidence (negative, so that the best sorts first) and its evidence."""


class _Rows(NamedTuple):
    """Confidence and evidence of a row, kept in the order in which rows come."""

    confidences: FloatArray
    evidence: IntArray


def read_material(
    store: ox.Store, language: str = "fi", *, money: str = DEFAULT_MONEY, index: CollaborationIndex | None = None
) -> Material:
    """Read everything that a network can be made of from all graphs of a store.

    `money` is the kind of amount (notation) that an initiative weighs; where several sources give one, the largest is
    taken, since most of them repeat each other. Only euros count. The result does not depend on the order in which
    documents were loaded. `index` is the store's collaboration index where it is open already (`stored.open_index`).
    """
    index = read_index(store, language) if index is None else index
    certainty = _Certainty(store)
    initiatives = _things(index.initiatives.iris, index.initiatives.titles, index.initiatives.kinds)
    places = _things(index.places.iris, index.places.labels)
    region_of, regions = _regions(store, index)
    things = {
        "organisation": _things(index.organisations.iris, index.organisations.labels, index.organisations.types),
        "initiative": initiatives,
        "method": _things(index.methods.iris, index.methods.labels),
        "place": places,
    }
    things["funder"] = things["organisation"]
    ties = {
        "organisation": _participations(index, certainty),
        "funder": _tied(index.funders, things["funder"], initiatives, certainty.of_statements("funds")),
        "method": _tied(
            _turned(index.methods_used), things["method"], initiatives, certainty.of_statements("usesMethod", turn=True)
        ),
        "place": _tied(
            _turned(index.initiative_places), places, initiatives, certainty.of_statements("takesPlaceIn", turn=True)
        ),
    }
    for kind, read in {"person": _read_people, "document": _read_documents}.items():
        things[kind], links, support = read(store, index, certainty)
        ties[kind] = _tied(links, things[kind], initiatives, support)
    things["theme"], links = read_themes(index.initiatives.titles)
    ties["theme"] = Ties.plain(links.left, links.right)
    homes, municipalities = _homes(index, region_of)
    material = Material(
        things=things,
        ties={kind: certainty.number(rows) for kind, rows in ties.items()},
        kinds=list(index.initiatives.kinds),
        starts=index.initiatives.starts,
        ends=index.initiatives.ends,
        money=_read_money(store, index, money),
        owners=index.organisations.owners,
        homes=homes,
        municipalities=municipalities,
        regions=regions,
        sites=_sites(index, region_of),
        roles=index.roles,
        evidence=certainty.evidence,
        type_labels=index.type_labels,
        codes=list(index.initiatives.codes),
    )
    initiative, region = regions_of_initiatives(material)
    material.things["region"], material.ties["region"] = regions, Ties.plain(region, initiative)
    return material


def _things(iris: Sequence[str], labels: Sequence[str], types: Sequence[str] = ()) -> Things:
    return Things(list(iris), list(labels), list(types) or [""] * len(iris))


class _Certainty:
    """How certain each participation and each statement is, and the evidence that makes it so."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        confidences = dict(_pairs(store, HV + "confidence"))
        self._of = {evidence: float(value) for evidence, value in confidences.items()}
        self._supported = _best(
            (thing, self._of.get(name, 1.0), name) for name, thing in _pairs(store, HV + "supports")
        )
        self._names: list[str] = []
        self._numbers: dict[str, int] = {}

    def of_participation(self, iri: str) -> tuple[float, int]:
        """Return the confidence of a participation and the number of its evidence."""
        return self._numbered(self._supported.get(iri))

    def of_statements(self, predicate: str, *, turn: bool = False) -> Callable[[str, str], tuple[float, int]]:
        """Return a function from subject and object (object and subject, with `turn`) to confidence and evidence."""
        query = (
            f"SELECT ?e ?s ?o WHERE {{ ?e <{RDF}predicate> <{HV}{predicate}> ; <{RDF}subject> ?s ; <{RDF}object> ?o }}"
        )
        rows = ((e.value, s.value, o.value) for e, s, o in _select(self._store, query))
        best = _best((f"{s} {o}", self._of.get(e, 1.0), e) for e, s, o in rows)

        def find(thing: str, initiative: str) -> tuple[float, int]:
            key = f"{initiative} {thing}" if turn else f"{thing} {initiative}"
            return self._numbered(best.get(key))

        return find

    @property
    def evidence(self) -> list[str]:
        """Return the evidence that rows stand on, sorted."""
        return sorted(self._names)

    def number(self, rows: Ties) -> Ties:
        """Number the evidence of rows by its place in the sorted list."""
        place = {name: number for number, name in enumerate(self.evidence)}
        order = np.array([place[name] for name in self._names] or [0], np.int32)
        rows.evidence[:] = np.where(rows.evidence == NO_EVIDENCE, NO_EVIDENCE, order[np.maximum(rows.evidence, 0)])
        return rows

    def _numbered(self, found: tuple[float, str] | None) -> tuple[float, int]:
        if found is None:
            return 1.0, NO_EVIDENCE
        if found[1] not in self._numbers:
            self._numbers[found[1]] = len(self._names)
            self._names.append(found[1])
        return -found[0], self._numbers[found[1]]


def _best(rows: Iterable[tuple[str, float, str]]) -> Support:
    """Return for each key the most certain evidence; of equals the one with the smallest IRI."""
    best: Support = {}
    for key, confidence, evidence in rows:
        found = (-confidence, evidence)
        best[key] = min(best.get(key, found), found)
    return best


def _select(store: ox.Store, query: str) -> Iterator[ox.QuerySolution]:
    return iter(cast("ox.QuerySolutions", store.query(query, use_default_graph_as_union=True)))


def _pairs(store: ox.Store, predicate: str) -> Iterator[tuple[str, str]]:
    for subject, value in _select(store, f"SELECT ?s ?o WHERE {{ ?s <{predicate}> ?o }}"):
        yield subject.value, value.value


def _participations(index: CollaborationIndex, certainty: _Certainty) -> Ties:
    table = index.participations
    found = [certainty.of_participation(iri) for iri in table.iris]
    return Ties(
        things=table.organisations,
        initiatives=table.initiatives,
        roles=table.roles,
        confidences=np.array([confidence for confidence, _ in found], np.float64),
        starts=table.starts,
        ends=table.ends,
        evidence=np.array([evidence for _, evidence in found], np.int32),
    )


def _tied(
    links: Links | Pairs, things: Things, initiatives: Things, support: Callable[[str, str], tuple[float, int]] | None
) -> Ties:
    """Return the rows of links, with what each rests on."""
    rows = Ties.plain(links.left, links.right)
    if support is not None:
        for row, (thing, initiative) in enumerate(zip(links.left.tolist(), links.right.tolist(), strict=True)):
            rows.confidences[row], rows.evidence[row] = support(things.iris[thing], initiatives.iris[initiative])
    return rows


def _turned(links: Links) -> Pairs:
    order = np.lexsort((links.left, links.right))
    return Pairs(links.right[order], links.left[order])


Reading = tuple[Things, Pairs, Callable[[str, str], tuple[float, int]] | None]


def _read_people(store: ox.Store, index: CollaborationIndex, certainty: _Certainty) -> Reading:
    """Read people as "job title, employer": a network shows what somebody does, not who it is."""
    pairs = sorted(set(_pairs(store, HV + "contactFor")))
    titles, employers = _first(store, HV + "jobTitle"), _first(store, HV + "worksFor")
    names = dict(zip(index.organisations.iris, index.organisations.labels, strict=True))
    iris = sorted({person for person, _ in pairs})
    types = [titles.get(iri, "") for iri in iris]
    labels = [
        ", ".join(filter(None, (title or "contact person", names.get(employers.get(iri, ""), ""))))
        for iri, title in zip(iris, types, strict=True)
    ]
    return Things(iris, labels, types), _links(pairs, iris, index), certainty.of_statements("contactFor")


def _read_documents(store: ox.Store, index: CollaborationIndex, certainty: _Certainty) -> Reading:
    del certainty  # a document needs no evidence for what it describes: it is the evidence
    pairs = sorted(set(_pairs(store, HV + "describes")))
    titles, kinds = _first(store, DCTERMS + "title"), _first(store, HV + "documentKind")
    iris = sorted({document for document, _ in pairs})
    things = Things(
        iris, [titles.get(iri, iri.rpartition("/")[2]) for iri in iris], [kinds.get(iri, "") for iri in iris]
    )
    return things, _links(pairs, iris, index), None


def _first(store: ox.Store, predicate: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for subject, value in _pairs(store, predicate):
        found[subject] = min(found.get(subject, value), value)
    return found


def _links(pairs: list[tuple[str, str]], left: list[str], index: CollaborationIndex) -> Pairs:
    here = {iri: place for place, iri in enumerate(left)}
    there = {iri: place for place, iri in enumerate(index.initiatives.iris)}
    rows = [(here[a], there[b]) for a, b in pairs if b in there]
    return Pairs(np.array([a for a, _ in rows], np.int32), np.array([b for _, b in rows], np.int32))


def _regions(store: ox.Store, index: CollaborationIndex) -> tuple[IntArray, Things]:
    """Return the position of the region of each place of the index (or `NO_PLACE`), and the regions."""
    kinds, broader = _first(store, HV + "placeKind"), _first(store, SKOS + "broader")
    of_place = [_region(iri, kinds, broader) for iri in index.places.iris]
    iris = sorted({iri for iri in of_place if iri})
    place = {iri: position for position, iri in enumerate(iris)}
    labels = _region_labels(store, iris)
    regions = Things(iris, labels, ["region"] * len(iris))
    return np.array([place.get(iri, NO_PLACE) for iri in of_place], np.int32), regions


def _region(iri: str, kinds: dict[str, str], broader: dict[str, str]) -> str:
    seen: set[str] = set()
    while iri and iri not in seen:
        if kinds.get(iri, "").endswith("/region"):
            return iri
        seen.add(iri)
        iri = broader.get(iri, "")
    return ""


def _region_labels(store: ox.Store, iris: list[str]) -> list[str]:
    found: dict[str, str] = {}
    for subject, label in _select(store, f"SELECT ?s ?l WHERE {{ ?s <{SKOS}prefLabel> ?l }}"):
        if subject.value.startswith(BASE + "place/") and label.language == "fi":
            found[subject.value] = min(found.get(subject.value, label.value), label.value)
    return [found.get(iri, iri.rpartition("/")[2]) for iri in iris]


def _homes(index: CollaborationIndex, region_of: IntArray) -> tuple[IntArray, IntArray]:
    """Return the region and the place of each organisation: the first that the graph gives; a unit has its owner's."""
    homes = np.full(len(index.organisations), NO_PLACE, np.int32)
    places = np.full(len(index.organisations), NO_PLACE, np.int32)
    links = index.organisation_places
    for organisation, place in zip(links.left[::-1].tolist(), links.right[::-1].tolist(), strict=True):
        if region_of[place] != NO_PLACE:
            homes[organisation], places[organisation] = region_of[place], place
    owners = index.organisations.owners
    for _ in range(3):  # a team, its department, its town: deeper chains are not seen
        lacking = (homes == NO_PLACE) & (owners >= 0)
        homes[lacking], places[lacking] = homes[owners[lacking]], places[owners[lacking]]
    return homes, places


def _sites(index: CollaborationIndex, region_of: IntArray) -> tuple[IntArray, IntArray]:
    links = index.initiative_places
    known = region_of[links.right] != NO_PLACE
    pairs = np.unique(np.stack([links.left[known], region_of[links.right[known]]]), axis=1)
    return pairs[0].astype(np.int32), pairs[1].astype(np.int32)


def _read_money(store: ox.Store, index: CollaborationIndex, kind: str) -> FloatArray:
    money = np.full(len(index.initiatives), np.nan)
    wanted = {subject for subject, value in _pairs(store, HV + "amountKind") if value.rpartition("/")[2] == kind}
    foreign = {subject for subject, value in _pairs(store, HV + "currency") if value.rpartition("/")[2] != "EUR"}
    amounts = dict(_pairs(store, HV + "amount"))
    place = {iri: position for position, iri in enumerate(index.initiatives.iris)}
    for funding, initiative in _pairs(store, HV + "fundedInitiative"):
        if funding in wanted and funding not in foreign and funding in amounts and initiative in place:
            position = place[initiative]
            money[position] = np.fmax(money[position], float(amounts[funding]))
    return money


__all__ = ["DEFAULT_MONEY", "UNKNOWN_YEAR", "read_material"]
