"""What the graph says of its entities, and the evidence for it, read from a store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from graph_api.search.covering import Cover
from graph_api.search.reading import said_of, said_with
from loaders.iris import DCTERMS, GEO, HV, ONTOLOGY_GRAPH, PROV, RDF, SKOS
from loaders.language.contacts import without_contacts

# What is told of an entity. The list names what may be told, so that nothing personal comes along by accident: foaf:name
# is not in it, nor is anything that somebody adds to the graph with a vocabulary of their own.
TOLD = {
    **dict.fromkeys(
        [
            *("participatesIn", "funds", "usesMethod", "pilotOf", "hostedBy", "takesPlaceIn", "locatedIn", "unitOf"),
            *("partOfProgramme", "relatedTo", "contactFor", "worksFor", "predecessorOf", "currentForm", "mentions"),
            *("describes", "code", "initiativeKind", "status", "start", "end", "businessId", "organisationType"),
            *("country", "participantCode", "jobTitle", "participant", "inInitiative", "role", "endedEarly", "endedOn"),
            *("fundedInitiative", "funder", "recipient", "amount", "currency", "amountKind", "documentKind", "loader"),
            *("sha256", "placeKind", "nutsCode", "wellbeingCounty", "municipalityForm", "mergedInto", "mergedOn"),
        ],
        HV,
    ),
    **dict.fromkeys(["description", "issued", "identifier", "source", "format", "language"], DCTERMS),
    **dict.fromkeys(["broader", "notation", "definition", "historyNote", "changeNote"], SKOS),
    **dict.fromkeys(["lat", "long"], GEO),
}
_FREE_TEXT = frozenset({"description", "definition", "historyNote", "changeNote", "jobTitle"})
_FIELDS = {
    RDF + "subject": "subject",
    RDF + "predicate": "predicate",
    RDF + "object": "value",
    HV + "quote": "quote",
    HV + "startOffset": "start",
    HV + "endOffset": "end",
    HV + "row": "row",
    HV + "column": "column",
    HV + "sheet": "sheet",
    HV + "standing": "standing",
    HV + "confidence": "confidence",
    HV + "extractedBy": "rule",
    PROV + "wasDerivedFrom": "document",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of one graph; `is_entity` says that the value is an IRI."""

    subject: str
    predicate: str
    value: str
    is_entity: bool
    datatype: str
    language: str
    graph: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence, its quote without names of people."""

    iri: str
    parts: dict[str, str]
    supports: tuple[str, ...] = ()

    def number(self, name: str) -> int | None:
        """Return a part that is a whole number; None where it is not there, or is none."""
        text = self.parts.get(name, "")
        return int(text) if text.isdecimal() else None

    def confidence(self) -> float | None:
        """Return how certain it is, 0–1."""
        try:
            return float(self.parts["confidence"])
        except (KeyError, ValueError):
            return None


def read_statements(store: ox.Store) -> Iterator[Statement]:
    """Yield what is told of entities, predicate by predicate."""
    for name, namespace in TOLD.items():
        for subject, value, graph in said_with(store, namespace + name):
            if graph == ONTOLOGY_GRAPH:
                continue
            if isinstance(value, ox.NamedNode):
                yield Statement(subject, name, value.value, True, "", "", graph)
            else:
                text = without_contacts(value.value) if name in _FREE_TEXT else value.value
                yield Statement(subject, name, text, False, value.datatype.value, value.language or "", graph)


def read_evidence(store: ox.Store) -> Iterator[Evidence]:
    """Yield the evidence; names of people in the quotes are covered, at the same length."""
    cover = Cover(store)
    for iri, _, _ in said_with(store, RDF + "type", ox.NamedNode(HV + "Evidence")):
        parts: dict[str, str] = {}
        supports: list[str] = []
        for predicate, value in said_of(store, iri):
            if predicate == HV + "supports":
                supports.append(value.value)
            elif predicate in _FIELDS:
                parts[_FIELDS[predicate]] = value.value
        if "quote" in parts:
            parts["quote"] = cover.text(parts["quote"], parts.get("document", "").rpartition("/")[2])
        yield Evidence(iri, parts, tuple(supports))
