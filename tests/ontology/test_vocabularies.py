"""Every vocabulary stays valid: unique notations, no label claimed twice without a reason, no dangling links."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox
import pytest

from loaders.iris import HV, SKOS
from loaders.resources import list_files, read_text
from loaders.vocabulary import Concept, parse_concepts

FILES = list_files("ontology", "vocabularies", suffix=".ttl")
CONCEPTS = [c for file in FILES for c in parse_concepts(read_text("ontology", "vocabularies", file), file)]
SCHEMES = sorted({concept.scheme for concept in CONCEPTS})


def of(scheme: str) -> list[Concept]:
    return [concept for concept in CONCEPTS if concept.scheme == scheme]


@pytest.mark.parametrize("file", FILES)
def test_a_vocabulary_has_no_blank_nodes_and_describes_its_scheme(file: str) -> None:
    triples = list(ox.parse(read_text("ontology", "vocabularies", file), format=ox.RdfFormat.TURTLE))
    assert not [t for t in triples if isinstance(t.subject, ox.BlankNode) or isinstance(t.object, ox.BlankNode)]
    named = {
        t.object.value for t in triples if t.predicate.value == SKOS + "inScheme" and isinstance(t.object, ox.NamedNode)
    }
    described = {concept_scheme for name in FILES for concept_scheme in described_schemes(name)}
    assert named <= described


def described_schemes(file: str) -> set[str]:
    triples = ox.parse(read_text("ontology", "vocabularies", file), format=ox.RdfFormat.TURTLE)
    scheme = SKOS + "ConceptScheme"
    return {
        t.subject.value
        for t in triples
        if isinstance(t.object, ox.NamedNode) and t.object.value == scheme and isinstance(t.subject, ox.NamedNode)
    }


@pytest.mark.parametrize("scheme", SCHEMES)
def test_notations_are_unique_and_every_concept_has_a_finnish_name(scheme: str) -> None:
    notations = [(concept.first("placeKind"), concept.first("notation")) for concept in of(scheme)]
    assert len(notations) == len(set(notations))
    if scheme != "legal-forms":  # a legal form belongs to one language: "skn", "gmbh"
        assert not [
            c.iri for c in of(scheme) if not any(x.kind == "preferred" and x.language == "fi" for x in c.labels)
        ]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_label_is_claimed_by_two_concepts_without_a_recorded_disambiguation(scheme: str) -> None:
    claimed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for concept in of(scheme):
        for label in concept.labels:
            if label.kind != "hidden" and not concept.first("disambiguation"):
                claimed[label.text.casefold(), label.language].add(concept.notation)
    assert {label: sorted(who) for label, who in claimed.items() if len(who) > 1} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_broader_concepts_and_owners_exist(scheme: str) -> None:
    known = {concept.notation for concept in of(scheme)}
    for concept in of(scheme):
        for name in ("broader", "unitOf", "predecessorOf", "mergedInto"):
            for target in concept.properties.get(name, ()):
                assert target in known, f"{concept.iri} {HV}{name} {target}"
