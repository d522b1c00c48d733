"""core.ttl says everything it has to say of each term, and the shapes, the vocabularies and it agree."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from loaders.iris import BASE, DCTERMS, HV, OWL, RDF, RDFS, SKOS
from loaders.resources import list_files, read_text

CLASS_NAMES = """
    Organisation Unit Funder Person Initiative Project Programme Practice Pilot Method Participation Funding Place
    Document Evidence IdentityDecision
"""
PROPERTY_NAMES = """
    participatesIn funds usesMethod pilotOf hostedBy takesPlaceIn locatedIn unitOf partOfProgramme relatedTo contactFor
    worksFor predecessorOf mentions describes participant inInitiative role start end fundedInitiative funder amount
    currency amountKind code status businessId organisationType quote startOffset endOffset row column supports
    confidence extractedBy standing sha256 documentKind loader jobTitle initiativeKind placeKind wellbeingCounty
    genitive municipalityForm locativeCase mergedInto mergedOn endedOn emailDomain abbreviation disambiguation
    caseSensitive recognition outputLabel number country participantCode recipient endedEarly sheet nutsCode
    currentForm judgement decidedName decidedEntity decidedBy score
"""
CONTRACT_CLASSES = set(CLASS_NAMES.split())
CONTRACT_PROPERTIES = set(PROPERTY_NAMES.split())
ALIGNED = {
    "Organisation": ["http://www.w3.org/ns/org#Organization", "http://xmlns.com/foaf/0.1/Organization"],
    "Unit": [HV + "Organisation", "http://www.w3.org/ns/org#OrganizationalUnit"],
    "Funder": [HV + "Organisation"],
    "Person": ["http://xmlns.com/foaf/0.1/Person"],
    "Initiative": ["http://www.w3.org/ns/prov#Activity"],
    "Project": [HV + "Initiative"],
    "Programme": [HV + "Initiative"],
    "Practice": [HV + "Initiative"],
    "Pilot": [HV + "Initiative"],
    "Method": [SKOS + "Concept"],
    "Participation": ["http://www.w3.org/ns/org#Membership", "http://data.europa.eu/s66#OrganisationRole"],
    "Funding": ["https://schema.org/MonetaryGrant"],
    "Place": [SKOS + "Concept"],
    "Document": ["http://www.w3.org/ns/prov#Entity", "http://xmlns.com/foaf/0.1/Document"],
    "IdentityDecision": ["http://www.w3.org/ns/prov#Activity"],
    "Evidence": [RDF + "Statement", "http://www.w3.org/ns/oa#Annotation"],
}
ALIGNMENTS = [
    RDFS + "subClassOf", OWL + "equivalentClass", RDFS + "subPropertyOf",
    SKOS + "closeMatch", SKOS + "broadMatch", SKOS + "relatedMatch",
]  # fmt: skip
TERMS = re.compile(r"\bhv:([A-Za-z0-9]+)")


@pytest.fixture(scope="module")
def core() -> ox.Store:
    store = ox.Store()
    store.load(read_text("ontology", "core.ttl").encode(), format=ox.RdfFormat.TURTLE)
    return store


def values(store: ox.Store, subject: str, predicate: str) -> list[ox.NamedNode | ox.Literal]:
    found = store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None)
    return [quad.object for quad in found if isinstance(quad.object, ox.NamedNode | ox.Literal)]


def terms(store: ox.Store, *kinds: str) -> set[str]:
    return {
        str(quad.subject)[1:-1].removeprefix(HV)
        for kind in kinds
        for quad in store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(OWL + kind))
    }


def all_terms(store: ox.Store) -> set[str]:
    return terms(store, "Class", "ObjectProperty", "DatatypeProperty")


def test_the_contract_is_there_and_nothing_else(core: ox.Store) -> None:
    assert terms(core, "Class") == CONTRACT_CLASSES
    assert terms(core, "ObjectProperty", "DatatypeProperty") == CONTRACT_PROPERTIES


def test_every_term_has_three_labels_a_definition_in_two_languages_and_an_alignment(core: ox.Store) -> None:
    for term in all_terms(core):
        labels = [label.language for label in values(core, HV + term, RDFS + "label") if isinstance(label, ox.Literal)]
        assert sorted(map(str, labels)) == ["en", "fi", "sv"], term
        defined = [text for text in values(core, HV + term, SKOS + "definition") if isinstance(text, ox.Literal)]
        assert {text.language for text in defined} >= {"en", "fi"}, term
        assert all(text.value.endswith(".") and ". " not in text.value for text in defined), term
        assert any(values(core, HV + term, alignment) for alignment in ALIGNMENTS), term


@pytest.mark.parametrize(("name", "targets"), ALIGNED.items())
def test_classes_are_aligned_as_the_contract_says(core: ox.Store, name: str, targets: list[str]) -> None:
    found = {value.value for alignment in ALIGNMENTS for value in values(core, HV + name, alignment)}
    assert found >= set(targets)


def test_labels_of_properties_tell_them_apart(core: ox.Store) -> None:
    properties = sorted(terms(core, "ObjectProperty", "DatatypeProperty"))
    labels = [str(label) for name in properties for label in values(core, HV + name, RDFS + "label")]
    assert len(labels) == len(set(labels))


def test_domains_and_ranges_are_known(core: ox.Store) -> None:
    for term in all_terms(core):
        for predicate in ("domain", "range"):
            for value in values(core, HV + term, RDFS + predicate):
                name = value.value
                known = name.removeprefix(HV) in CONTRACT_CLASSES or name.startswith("http://www.w3.org/")
                assert known, (term, name)


def test_object_properties_do_not_lead_to_datatypes(core: ox.Store) -> None:
    for name in terms(core, "ObjectProperty"):
        assert not any("XMLSchema" in value.value for value in values(core, HV + name, RDFS + "range")), name
    for name in terms(core, "DatatypeProperty"):
        assert all("XMLSchema" in value.value for value in values(core, HV + name, RDFS + "range")), name


def test_the_header_says_title_version_and_licence(core: ox.Store) -> None:
    ontology = HV.removesuffix("#")
    assert {str(v) for v in values(core, ontology, RDF + "type")} == {f"<{OWL}Ontology>"}
    titles = [title.language for title in values(core, ontology, DCTERMS + "title") if isinstance(title, ox.Literal)]
    assert sorted(map(str, titles)) == ["en", "fi", "sv"]
    assert values(core, ontology, DCTERMS + "description")
    licence = values(core, ontology, DCTERMS + "license")
    assert [value.value for value in licence] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", values(core, ontology, OWL + "versionInfo")[0].value)


def test_there_are_no_blank_nodes(core: ox.Store) -> None:
    assert not [
        quad for quad in core if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
    ]


@pytest.mark.parametrize(
    "file", ["shapes.ttl", *(f"vocabularies/{n}" for n in list_files("ontology", "vocabularies", suffix=".ttl"))]
)
def test_shapes_and_vocabularies_use_only_terms_of_the_ontology(core: ox.Store, file: str) -> None:
    used = {
        quad.predicate.value if position == "predicate" else str(quad.object)[1:-1]
        for quad in ox.parse(read_text("ontology", *file.split("/")), format=ox.RdfFormat.TURTLE)
        for position in ("predicate", "object")
    }
    ours = {iri.removeprefix(HV) for iri in used if iri.startswith(HV)}
    assert ours <= all_terms(core)


def test_the_description_of_the_graph_uses_only_terms_of_the_ontology(core: ox.Store, repository: Path) -> None:
    text = (repository / "docs" / "graph.md").read_text("utf-8")
    assert set(TERMS.findall(text)) <= all_terms(core)


@pytest.mark.parametrize(
    ("prefix", "kind", "beside"),
    [
        ("hvt", "organisation-type", set()),
        ("hvr", "role", {"implementer", "backer", "associate"}),
        ("hvk", "initiative-kind", set()),
        ("hva", "amount-kind", set()),
        ("hvs", "status", set()),
        ("hvpk", "place-kind", set()),
    ],
)
def test_the_lists_in_the_shapes_are_the_vocabularies(prefix: str, kind: str, beside: set[str]) -> None:
    listed = set(re.findall(rf"\b{prefix}:([\w-]+)", read_text("ontology", "shapes.ttl")))
    file = {"status": "statuses"}.get(kind, f"{kind}s") + ".ttl"
    turtle = ox.parse(read_text("ontology", "vocabularies", file), format=ox.RdfFormat.TURTLE)
    base = f"{BASE}{kind}/"
    concepts = {
        str(triple.subject)[1:-1].removeprefix(base) for triple in turtle if triple.predicate.value == SKOS + "notation"
    }
    assert listed == concepts - beside
