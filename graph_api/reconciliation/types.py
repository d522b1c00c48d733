"""The types that entities are matched by: classes of the ontology, kinds of organisation, kinds of place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from loaders.iris import HV, RDFS, SKOS
from loaders.resources import read_text
from loaders.vocabulary import Concept, scheme

# Persons are none: a list of names is no way to them.
CLASSES = (
    *("Organisation", "Unit", "Funder", "Initiative", "Project", "Programme", "Practice", "Pilot"),
    *("Method", "Place"),
)
FOLDERS: Mapping[str, str] = {
    "organisation": "Organisation",
    "initiative": "Initiative",
    "pilot": "Pilot",
    "programme": "Programme",
    "method": "Method",
    "place": "Place",
}
"""The class that every entity of a folder of IRIs has."""
_NARROWER = {"organisation-types": ("organisation-type", "Organisation"), "place-kinds": ("place-kind", "Place")}


@dataclass(frozen=True, slots=True)
class EntityType:
    """A type: its identifier, its name in English, its definition, and the types right above it."""

    id: str
    name: str
    description: str = ""
    broader: tuple[str, ...] = ()


@cache
def entity_types() -> Mapping[str, EntityType]:
    """Return all types by identifier, classes first."""
    found = {item.id: item for item in _classes()}
    for name, (folder, above) in _NARROWER.items():
        for concept in scheme(name).values():
            identifier = f"{folder}/{concept.notation}"
            found[identifier] = EntityType(identifier, english_name(concept), "", (above,))
    return found


def with_broader(identifiers: Iterable[str]) -> tuple[str, ...]:
    """Return types and all types above them, each once, unknown ones left out."""
    known, found, queue = entity_types(), dict[str, None](), list(identifiers)
    while queue:
        identifier = queue.pop(0)
        if identifier in known and identifier not in found:
            found[identifier] = None
            queue += known[identifier].broader
    return tuple(found)


def english_name(concept: Concept) -> str:
    """Return the preferred English label of a concept, else its name."""
    names = (label.text for label in concept.labels if label.kind == "preferred" and label.language == "en")
    return next(names, concept.name)


def _classes() -> Iterator[EntityType]:
    triples = [
        (triple.subject.value, triple.predicate.value, triple.object)
        for triple in ox.parse(read_text("ontology", "core.ttl"), format=ox.RdfFormat.TURTLE)
        if isinstance(triple.subject, ox.NamedNode)
    ]
    for name in CLASSES:
        said = [(predicate, value) for subject, predicate, value in triples if subject == HV + name]
        above = tuple(
            value.value.removeprefix(HV)
            for predicate, value in said
            if predicate == RDFS + "subClassOf" and isinstance(value, ox.NamedNode)
        )
        yield EntityType(
            id=name,
            name=_in_english(said, RDFS + "label"),
            description=_in_english(said, SKOS + "definition"),
            broader=tuple(other for other in above if other in CLASSES),
        )


def _in_english(said: Iterable[tuple[str, object]], wanted: str) -> str:
    texts = (v.value for p, v in said if p == wanted and isinstance(v, ox.Literal) and v.language == "en")
    return next(texts, "")
