"""What the graph holds as entities: their kinds and names, read from a store."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyoxigraph as ox

from graph_api.search.reading import literals, said_with
from loaders.iris import (
    BASE,
    DCTERMS,
    HV,
    IDENTITY_GRAPH,
    INFERRED_GRAPH,
    ONTOLOGY_GRAPH,
    RDF,
    SKOS,
    VOCABULARY_GRAPH,
)
from loaders.language.contacts import without_contacts

# The first class that an entity has decides its kind.
_CLASSES = {
    HV + "Pilot": "pilot",
    HV + "Initiative": "initiative",
    HV + "Method": "method",
    HV + "Place": "place",
    HV + "Person": "person",
    HV + "Document": "document",
    HV + "Participation": "participation",
    HV + "Funding": "funding",
    HV + "Evidence": "evidence",
    HV + "Organisation": "organisation",
}
_ORDER = {kind: place for place, kind in enumerate(_CLASSES.values())}
_FOLDERS = {"organisation": "organisation", "initiative": "initiative"}
SEARCHED = ("organisation", "initiative", "pilot", "method", "place", "person", "document")
SHARED_GRAPHS = frozenset({ONTOLOGY_GRAPH, VOCABULARY_GRAPH, IDENTITY_GRAPH, INFERRED_GRAPH})
_LANGUAGES = {"fi": 0, "": 1, "sv": 2, "en": 3}
# The names that the index holds, with their rank: the first of the lowest rank is the one that is shown.
_NAMES = {
    SKOS + "prefLabel": 0,
    DCTERMS + "title": 1,
    SKOS + "altLabel": 4,
    HV + "abbreviation": 5,
}
_KEYS = (HV + "code", HV + "businessId", HV + "participantCode", SKOS + "notation", DCTERMS + "identifier")
ALTERNATIVE = 4


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name of an entity: the order is that in which names are preferred."""

    rank: int
    place: int
    text: str
    language: str


@dataclass(slots=True)
class Entity:
    """An entity of the graph, with the texts by which it is found."""

    iri: str
    kind: str
    is_funder: bool = False
    is_named: bool = False
    names: set[Name] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    descriptions: set[str] = field(default_factory=set)

    def shown(self) -> str:
        """Return the name that is shown; the end of the IRI where there is none."""
        return min(self.names).text if self.names else self.iri.rpartition("/")[2]

    def preferred(self) -> list[str]:
        """Return the names proper."""
        return sorted({name.text for name in self.names if name.rank < ALTERNATIVE})

    def alternatives(self) -> list[str]:
        """Return the other names, codes and numbers."""
        return sorted({name.text for name in self.names if name.rank >= ALTERNATIVE} | self.keys)


def read_entities(store: ox.Store) -> dict[str, Entity]:
    """Return the entities of a graph by IRI, evidence left out; people have no names."""
    entities = _by_class(store)
    _add_names(store, entities)
    _add_keys(store, entities)
    _mark_named(store, entities)
    return entities


def _by_class(store: ox.Store) -> dict[str, Entity]:
    entities: dict[str, Entity] = {}
    funders: set[str] = set()
    for iri, named, _ in said_with(store, RDF + "type"):
        kind = _kind(iri, named.value)
        if kind is not None and (iri not in entities or _precedes(kind, entities[iri].kind)):
            entities[iri] = Entity(iri, kind)
        if named.value == HV + "Funder":
            funders.add(iri)
    for iri in funders & entities.keys():
        entities[iri].is_funder = True
    return {iri: entity for iri, entity in entities.items() if entity.kind != "evidence"}


def _kind(iri: str, named: str) -> str | None:
    if named == SKOS + "Concept":
        folder = iri.removeprefix(BASE).partition("/")[0]
        return _FOLDERS.get(folder, "concept")
    return _CLASSES.get(named)


def _precedes(kind: str, other: str) -> bool:
    return _ORDER.get(kind, len(_ORDER)) < _ORDER.get(other, len(_ORDER))


def _add_names(store: ox.Store, entities: dict[str, Entity]) -> None:
    for predicate, rank in _NAMES.items():
        for iri, literal, graph in literals(store, predicate):
            entity = entities.get(iri)
            if entity is not None and entity.kind != "person":
                language = literal.language or ""
                # Of two names proper, the vocabulary's is better than a document's.
                exact = rank + (rank < ALTERNATIVE and graph != VOCABULARY_GRAPH)
                place = _LANGUAGES.get(language, len(_LANGUAGES))
                entity.names.add(Name(exact, place, without_contacts(literal.value), language))


def _add_keys(store: ox.Store, entities: dict[str, Entity]) -> None:
    for predicate in _KEYS:
        for iri, literal, _ in literals(store, predicate):
            if iri in entities:
                entities[iri].keys.add(literal.value)
    for iri, literal, _ in literals(store, DCTERMS + "description"):
        if iri in entities:
            entities[iri].descriptions.add(without_contacts(literal.value))


def _mark_named(store: ox.Store, entities: dict[str, Entity]) -> None:
    """Mark what a document names: the vocabularies know more than the documents speak of."""
    for graph in store.named_graphs():
        if not isinstance(graph, ox.NamedNode) or graph.value in SHARED_GRAPHS:
            continue
        for quad in store.quads_for_pattern(None, None, None, graph):
            for term in (quad.subject, quad.object):
                entity = entities.get(term.value) if isinstance(term, ox.NamedNode) else None
                if entity is not None:
                    entity.is_named = True
