"""Reading the vocabularies: concepts with labels and properties, and municipalities as organisations."""

from __future__ import annotations

import pytest

from loaders.errors import VocabularyError
from loaders.iris import BASE, HV, SKOS
from loaders.vocabulary import organisations, owner_name, parse_concepts, scheme, word_list, word_set

PREFIXES = f"""@prefix skos: <{SKOS}> . @prefix hv: <{HV}> . @prefix id: <{BASE}> .
"""
CONCEPT = (
    PREFIXES
    + """<https://w3id.org/hankeverkko/id/organisation/malli> a skos:Concept ;
  skos:inScheme <https://w3id.org/hankeverkko/id/scheme/organisations> ;
  skos:prefLabel "Mallisäätiö"@fi, "Modellstiftelsen"@sv ; skos:altLabel "Malli"@fi ; skos:hiddenLabel "Mallisäätiö sr"@fi ;
  hv:abbreviation "MS" ; hv:caseSensitive true ; hv:unitOf <https://w3id.org/hankeverkko/id/organisation/emo> ."""
)


def test_a_concept_has_its_labels_by_kind_and_its_properties_by_name() -> None:
    (concept,) = parse_concepts(CONCEPT, "testi.ttl")
    assert (concept.scheme, concept.notation, concept.name) == ("organisations", "malli", "Mallisäätiö")
    assert {(label.text, label.language, label.kind) for label in concept.labels} == {
        ("Mallisäätiö", "fi", "preferred"),
        ("Modellstiftelsen", "sv", "preferred"),
        ("Malli", "fi", "alternative"),
        ("Mallisäätiö sr", "fi", "hidden"),
        ("MS", "", "abbreviation"),
    }
    assert concept.first("unitOf") == "emo"
    assert concept.flag("caseSensitive")
    assert concept.first("businessId") is None


def test_a_concept_without_a_finnish_name_has_another() -> None:
    (concept,) = parse_concepts(CONCEPT.replace('"Mallisäätiö"@fi, ', ""), "testi.ttl")
    assert concept.name == "Modellstiftelsen"


def test_what_is_in_no_scheme_is_no_concept() -> None:
    assert list(parse_concepts(PREFIXES + 'id:x skos:prefLabel "x" .', "testi.ttl")) == []


@pytest.mark.parametrize(
    ("turtle", "sentence"),
    [
        ("tämä ei ole Turtlea", r"testi\.ttl: not valid Turtle"),
        (PREFIXES + "id:x skos:inScheme id:s .", r"testi\.ttl: <.*/x> has no skos:prefLabel"),
    ],
)
def test_a_broken_vocabulary_is_refused_with_its_file(turtle: str, sentence: str) -> None:
    with pytest.raises(VocabularyError, match=sentence):
        list(parse_concepts(turtle, "testi.ttl"))


@pytest.mark.parametrize(
    "name",
    [
        "amount-kinds",
        "field-labels",
        "given-names",
        "head-nouns",
        "job-titles",
        "methods",
        "organisation-types",
        "organisations",
        "places",
        "programmes",
        "roles",
        "section-headings",
        "statuses",
    ],
)
def test_every_scheme_that_the_loaders_read_is_packaged(name: str) -> None:
    concepts = scheme(name)
    assert concepts
    assert all(concept.labels and notation == concept.notation for notation, concept in concepts.items())


def test_an_unknown_scheme_is_empty() -> None:
    assert scheme("ei-tällaista") == {}


def test_a_municipality_is_an_organisation_too() -> None:
    body = organisations()["kunta-837"]
    assert (body.name, body.iri) == ("Tampereen kaupunki", f"{BASE}organisation/kunta-837")
    assert body.first("organisationType") == "municipality"
    assert body.first("locatedIn") == "kunta-837"
    assert {"Tammerfors stad", "City of Tampere", "Tampereen kunta"} <= {label.text for label in body.labels}


def test_a_unit_knows_its_owner() -> None:
    assert owner_name(organisations()["kiipulan-ammattiopisto"]) == "Kiipulasäätiö"
    assert owner_name(organisations()["kunta-837"]) is None


def test_every_owner_in_the_authority_file_is_there() -> None:
    bodies = organisations()
    assert [b.notation for b in bodies.values() if b.first("unitOf") and b.first("unitOf") not in bodies] == []


def test_the_words_of_a_list_are_in_the_order_of_the_file() -> None:
    assert word_list("degree")[:3] == ("dos", "prof", "tri")
    assert "hankkeen" in word_set("generic-owner")
    assert "yleissanoja omistajina" not in word_set("generic-owner")  # the name of the list
