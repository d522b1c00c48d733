"""The vocabularies as Python sees them: places, the authority file of organisations, methods, and labelled concepts.

The Turtle files in `ontology/vocabularies` are the knowledge; this module only reads them (once a process).
Municipalities as organisations are derived from the places: `id/organisation/kunta-837` is Tampereen kaupunki.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from loaders.errors import VocabularyError
from loaders.iris import BASE, HV, SKOS, entity
from loaders.resources import list_files, read_text

_LABELS = {"prefLabel": "preferred", "altLabel": "alternative", "hiddenLabel": "hidden"}


@dataclass(frozen=True, slots=True)
class Label:
    """A name of a concept; `kind` is ``preferred``, ``alternative``, ``hidden`` or ``abbreviation``."""

    text: str
    language: str
    kind: str


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of any scheme with what the recognisers need of it.

    `properties` maps the local name of each further property to its values (IRIs shortened to their last part).
    """

    scheme: str
    notation: str
    iri: str
    labels: tuple[Label, ...]
    properties: Mapping[str, tuple[str, ...]]

    @property
    def name(self) -> str:
        """Return the preferred Finnish label (else any preferred label)."""
        found = ""
        for label in self.labels:
            if label.kind == "preferred":
                if label.language == "fi":
                    return label.text
                found = found or label.text
        return found

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words of a list, which are its hidden labels, in the order of the file."""
        return tuple(label.text for label in self.labels if label.kind == "hidden")

    def first(self, name: str) -> str | None:
        """Return the first value of a property, or ``None``."""
        values = self.properties.get(name, ())
        return values[0] if values else None

    def flag(self, name: str) -> bool:
        """Return whether a boolean property is set."""
        return self.first(name) == "true"


def parse_concepts(turtle: str, source: str) -> Iterator[Concept]:
    """Yield the concepts of a vocabulary file.

    Raises
    ------
    VocabularyError
        The Turtle cannot be parsed, or a concept has no label or no notation.
    """
    described: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    try:
        for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
            if isinstance(quad.object, ox.NamedNode | ox.Literal):
                described[str(quad.subject)[1:-1]][quad.predicate.value].append(quad.object)
    except SyntaxError as error:
        raise VocabularyError(f"{source}: not valid Turtle ({error}). Correct the file and try again.") from error
    for iri, values in described.items():
        if SKOS + "inScheme" in values:
            yield _concept(iri, values, source)


def _concept(iri: str, values: Mapping[str, list[ox.NamedNode | ox.Literal]], source: str) -> Concept:
    labels = [
        Label(value.value, getattr(value, "language", None) or "", kind)
        for name, kind in _LABELS.items()
        for value in values.get(SKOS + name, [])
    ]
    labels += [Label(value.value, "", "abbreviation") for value in values.get(HV + "abbreviation", [])]
    if not any(label.kind == "preferred" for label in labels):
        raise VocabularyError(f"{source}: <{iri}> has no skos:prefLabel. Give it one, with its language.")
    properties = {
        name.rpartition("#")[2].rpartition("/")[2]: tuple(_short(value) for value in found)
        for name, found in values.items()
        if not (name.startswith(SKOS) and name.rpartition("#")[2] in _LABELS)
    }
    return Concept(
        scheme=properties["inScheme"][0],
        notation=iri.rpartition("/")[2],
        iri=iri,
        labels=tuple(labels),
        properties=properties,
    )


def _short(value: ox.NamedNode | ox.Literal) -> str:
    return value.value.removeprefix(BASE).rpartition("/")[2] if isinstance(value, ox.NamedNode) else value.value


@cache
def scheme(name: str) -> Mapping[str, Concept]:
    """Return the concepts of a scheme by notation: ``scheme("places")["kunta-837"]``."""
    return {concept.notation: concept for concept in _all_concepts() if concept.scheme == name}


@cache
def _all_concepts() -> tuple[Concept, ...]:
    files = list_files("ontology", "vocabularies", suffix=".ttl")
    return tuple(c for file in files for c in parse_concepts(read_text("ontology", "vocabularies", file), file))


def word_list(notation: str) -> tuple[str, ...]:
    """Return the words of a list of `word-lists.ttl`: ``word_list("degree")`` begins with ``"dos"``."""
    return scheme("word-lists")[notation].words


@cache
def word_set(notation: str) -> frozenset[str]:
    """Return the words of a list of `word-lists.ttl` to look words up in."""
    return frozenset(word_list(notation))


def owner_name(body: Concept) -> str | None:
    """Return the name of the body that a body of the authority file is a unit of, or ``None``."""
    owner = organisations().get(body.first("unitOf") or "")
    return owner.name if owner else None


@cache
def organisations() -> Mapping[str, Concept]:
    """Return the authority file: the organisations scheme and every municipality as an organisation, by notation."""
    return {**scheme("organisations"), **{concept.notation: concept for concept in _municipal_bodies()}}


def _municipal_bodies() -> Iterator[Concept]:
    for place in scheme("places").values():
        form, genitive = place.first("municipalityForm"), place.first("genitive")
        if form is None or genitive is None:
            continue
        labels = [Label(f"{genitive} {form}", "fi", "preferred")]
        other = "kunta" if form == "kaupunki" else "kaupunki"
        labels.append(Label(f"{genitive} {other}", "fi", "hidden"))
        labels += _foreign_labels(place, form)
        ended = {"mergedInto": place.properties["mergedInto"]} if "mergedInto" in place.properties else {}
        yield Concept(
            scheme="organisations",
            notation=place.notation,
            iri=entity("organisation", place.notation),
            labels=tuple(labels),
            properties={"organisationType": ("municipality",), "locatedIn": (place.notation,), **ended},
        )


def _foreign_labels(place: Concept, form: str) -> Iterator[Label]:
    """Yield what Swedish and English call a municipality; town and municipality are not told apart by all who write."""
    swedish, other = ("stad", "kommun") if form == "kaupunki" else ("kommun", "stad")
    given = [label.text for label in place.labels if label.kind == "preferred" and label.language == "sv"]
    for name in given or [place.name]:
        # A genitive before the head only after a consonant: "Jakobstads stad", but "Vasa stad" and "Malax kommun".
        owner = name if name[-1] in "aeiouyåäösxz" else f"{name}s"
        yield Label(f"{owner} {swedish}", "sv", "preferred")
        names = [f"{name} {swedish}", f"{name}s {swedish}", f"{name} {other}", f"{owner} {other}", f"Staden {name}"]
        for text in dict.fromkeys(names):
            if text != f"{owner} {swedish}" and not text.startswith(f"{name}ss "):
                yield Label(text, "sv", "alternative")
    english = [f"City of {name}" for name in dict.fromkeys([place.name, *given])]
    english += [
        f"{kind} of {name}" for name in dict.fromkeys([place.name, *given]) for kind in ("Municipality", "Town")
    ]
    preferred = f"City of {place.name}" if form == "kaupunki" else f"Municipality of {place.name}"
    yield Label(preferred, "en", "preferred")
    for text in english:
        if text != preferred:
            yield Label(text, "en", "alternative")
