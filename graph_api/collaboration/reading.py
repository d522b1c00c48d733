"""What the collaboration index reads from a store: flat queries of one predicate each, on the union of all graphs.

On 20,000 projects a join of three predicates in SPARQL took twice the time of the three flat queries, and
`quads_for_pattern` twice the time of a flat query. Most of the time goes into fetching the strings of IRIs from disk,
so that what has few values (roles, statuses, standings) is asked for value by value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

import pyoxigraph as ox

from graph_api.collaboration.finality import most_final
from graph_api.collaboration.ruling import Years, read_dates
from graph_api.collaboration.tables import LANGUAGES, STANDINGS
from loaders.iris import DCTERMS, HV, PROV, RDF, VOCABULARY_GRAPH

Rows = list[tuple[str, str, str, str]]
Statement = tuple[str, str, str]
Piece = tuple[int, float, str]


def select(store: ox.Store, query: str) -> Iterator[ox.QuerySolution]:
    """Yield the solutions of a query on the union of all graphs."""
    return iter(cast("ox.QuerySolutions", store.query(query, use_default_graph_as_union=True)))


def pairs(store: ox.Store, predicate: str) -> Iterator[tuple[str, str]]:
    """Yield subject and object; a pair comes once for each graph that says it."""
    for subject, value in select(store, f"SELECT ?s ?o WHERE {{ ?s <{predicate}> ?o }}"):
        yield subject.value, value.value


def by_value(store: ox.Store, predicate: str) -> dict[str, str]:
    """Return one value a subject, as `first` does, for a predicate of few values."""
    values = sorted(
        {value for (value,) in select(store, f"SELECT DISTINCT ?o WHERE {{ ?s <{predicate}> ?o }}")}, key=str
    )
    found: dict[str, str] = {}
    for value in sorted(values, key=lambda term: term.value, reverse=True):
        for (subject,) in select(store, f"SELECT ?s WHERE {{ ?s <{predicate}> {value} }}"):
            found[subject.value] = value.value
    return found


def instances(store: ox.Store, name: str) -> set[str]:
    """Return the IRIs of a class of the ontology."""
    return {
        subject.value for (subject,) in select(store, f"SELECT DISTINCT ?s WHERE {{ ?s <{RDF}type> <{HV}{name}> }}")
    }


def first(store: ox.Store, predicate: str) -> dict[str, str]:
    """Return one value a subject: the first in sort order, so that the order of loading does not matter."""
    found: dict[str, str] = {}
    for subject, value in pairs(store, predicate):
        known = found.get(subject)
        if known is None or value < known:
            found[subject] = value
    return found


class Names:
    """The names that a predicate gives, in each language.

    The vocabularies' own wording comes before a document's. Names are taken in the language asked for where there is
    one, else in Finnish, then without a language, Swedish, English.
    """

    def __init__(self, store: ox.Store, predicate: str) -> None:
        self._found: dict[str, list[tuple[bool, str | None, str]]] = {}
        pattern = f"?s <{predicate}> ?l"
        for outside, where in ((False, f"GRAPH <{VOCABULARY_GRAPH}> {{ {pattern} }}"), (True, pattern)):
            for subject, label in select(store, f"SELECT ?s ?l WHERE {{ {where} }}"):
                self._found.setdefault(subject.value, []).append((outside, label.language, label.value))

    def of(self, iris: Iterable[str], language: str) -> list[str]:
        """Return the best name of each thing, "" where it has none."""
        order = list(dict.fromkeys([language, "fi", None, "sv", "en"]))
        rank = {name: place for place, name in enumerate(order)}
        return [self._best(self._found.get(iri, ()), rank) for iri in iris]

    @staticmethod
    def _best(found: Sequence[tuple[bool, str | None, str]], rank: dict[str | None, int]) -> str:
        return min(
            ((rank.get(language, len(rank)), outside, text) for outside, language, text in found), default=(0, True, "")
        )[2]

    def languages(self, iri: str) -> int:
        """Return the languages of the names of a thing, as bits in the order of `LANGUAGES`."""
        return language_bits(language for _, language, _ in self._found.get(iri, ()))

    def texts(self, iri: str) -> list[str]:
        """Return the names of a thing in all languages, each once, in sort order."""
        return sorted({text for _, _, text in self._found.get(iri, ())})


def language_bits(languages: Iterable[str | None]) -> int:
    """Return languages as bits in the order of `LANGUAGES`; others have none."""
    bits = 0
    for language in languages:
        if language in LANGUAGES:
            bits |= 1 << LANGUAGES.index(language)
    return bits


def read_years(store: ox.Store) -> Years:
    """Return the first and last year of everything with dates, and when it was published, which is neither."""
    found = read_dates(_yearly(store, HV + "start"), _yearly(store, HV + "end"))
    for subject, year in _yearly(store, DCTERMS + "issued"):
        found.published[subject] = min(found.published.get(subject, year), year)
    return found


def read_statuses(store: ox.Store) -> dict[str, str]:
    """Return the status (notation) that holds of all that sources state of an initiative."""
    stated: dict[str, set[str]] = {}
    for (status,) in select(store, f"SELECT DISTINCT ?o WHERE {{ ?s <{HV}status> ?o }}"):
        for (subject,) in select(store, f"SELECT ?s WHERE {{ ?s <{HV}status> {status} }}"):
            stated.setdefault(subject.value, set()).add(status.value.rpartition("/")[2])
    return {subject: most_final(found) for subject, found in stated.items()}


def _yearly(store: ox.Store, predicate: str) -> Iterator[tuple[str, int]]:
    for subject, date in pairs(store, predicate):
        if date[:4].isdecimal():
            yield subject, int(date[:4])


def participation_rows(store: ox.Store) -> Rows:
    """Return (participation, organisation, initiative, role) in sort order."""
    who, what = first(store, HV + "participant"), first(store, HV + "inInitiative")
    rows: set[tuple[str, str, str, str]] = set()
    for (role,) in select(store, f"SELECT DISTINCT ?o WHERE {{ ?s <{HV}role> ?o }}"):
        name = role.value.rpartition("/")[2]
        for (item,) in select(store, f"SELECT ?s WHERE {{ ?s <{HV}role> {role} }}"):
            if item.value in who and item.value in what:
                rows.add((item.value, who[item.value], what[item.value], name))
    return sorted(rows)


class Proofs:
    """Which evidence a statement or a thing stands on.

    A piece of evidence is (place in `STANDINGS`, minus its confidence, IRI): the smallest is the best.
    """

    def __init__(self, store: ox.Store, predicates: Iterable[str]) -> None:
        self.documents = first(store, PROV + "wasDerivedFrom")
        self._supports: dict[str, list[str]] = {}
        for piece, supported in pairs(store, HV + "supports"):
            self._supports.setdefault(supported, []).append(piece)
        self._statements: dict[Statement, list[str]] = {}
        for predicate in predicates:
            self._read_statements(store, predicate)
        self._confidences = {piece: float(value) for piece, value in pairs(store, HV + "confidence")}
        self._standings = by_value(store, HV + "standing")

    def _read_statements(self, store: ox.Store, predicate: str) -> None:
        query = f"SELECT ?e ?s ?o WHERE {{ ?e <{RDF}predicate> <{predicate}> . ?e <{RDF}subject> ?s . ?e <{RDF}object> ?o }}"
        for piece, subject, value in select(store, query):
            self._statements.setdefault((subject.value, predicate, value.value), []).append(piece.value)

    def of_thing(self, iri: str) -> list[Piece]:
        """Return what supports a participation, a sum or an initiative, best first."""
        return sorted({self._piece(piece) for piece in self._supports.get(iri, ())})

    def of_statement(self, subject: str, predicate: str, value: str, *, row_of: str) -> list[Piece]:
        """Return the evidence of a statement, best first; else that of the row of a list that is about `row_of`."""
        pieces = self._statements.get((subject, predicate, value))
        return sorted({self._piece(piece) for piece in pieces}) if pieces else self.of_thing(row_of)

    def _piece(self, iri: str) -> Piece:
        standing = self._standings.get(iri, "")
        rank = STANDINGS.index(standing) if standing in STANDINGS else len(STANDINGS) - 1
        return rank, -self._confidences.get(iri, 0.0), iri
