"""The collaboration index, read from a small store in the form that docs/graph.md describes."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pyoxigraph as ox
import pytest

from graph_api.collaboration.index import (
    NO_OWNER,
    ROLES,
    UNKNOWN_YEAR,
    CollaborationIndex,
    read_index,
)
from loaders.errors import UsageError

PREFIXES = """
@prefix hv: <https://w3id.org/hankeverkko/ontology#> .
@prefix g: <https://w3id.org/hankeverkko/graph/> .
@prefix d: <https://w3id.org/hankeverkko/graph/document/> .
@prefix o: <https://w3id.org/hankeverkko/id/organisation/> .
@prefix t: <https://w3id.org/hankeverkko/id/organisation-type/> .
@prefix i: <https://w3id.org/hankeverkko/id/initiative/> .
@prefix p: <https://w3id.org/hankeverkko/id/participation/> .
@prefix r: <https://w3id.org/hankeverkko/id/role/> .
@prefix m: <https://w3id.org/hankeverkko/id/method/> .
@prefix pl: <https://w3id.org/hankeverkko/id/place/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
VOCABULARIES = """
g:vocabularies {
  o:city a skos:Concept ; skos:prefLabel "Mallilan kaupunki"@fi, "Mallila stad"@sv .
  o:absent a skos:Concept ; skos:prefLabel "Poissaolija"@fi .
  t:municipality skos:prefLabel "Kunta"@fi, "Kommun"@sv .
  m:lean a hv:Method, skos:Concept ; skos:prefLabel "Lean"@fi .
  pl:kunta-901 skos:prefLabel "Mallila"@fi .
}
"""
DOCUMENTS = [
    """d:1 {
  o:city a hv:Organisation ; skos:prefLabel "MALLILAN KAUPUNKI"@fi ; hv:organisationType t:municipality ;
    hv:locatedIn pl:kunta-901 ; hv:participatesIn i:S1 .
  o:school a hv:Organisation ; skos:prefLabel "Mallilan koulu" ; hv:participatesIn i:S1 .
  o:money a hv:Organisation, hv:Funder ; skos:prefLabel "Rahasto"@fi ; hv:funds i:S1 .
  i:S1 a hv:Initiative, hv:Project ; dcterms:title "A project"@en, "Hanke"@fi ; hv:code "S1" ; hv:usesMethod m:lean ;
    hv:start "2016-05-01"^^xsd:date ; hv:end "2018"^^xsd:gYear ; hv:takesPlaceIn pl:kunta-901 .
  p:a a hv:Participation ; hv:participant o:city ; hv:inInitiative i:S1 ; hv:role r:applicant ;
    hv:start "2017-01"^^xsd:gYearMonth .
  p:b a hv:Participation ; hv:participant o:school ; hv:inInitiative i:S1 ; hv:role r:partner .
}""",
    """d:2 {
  o:city a hv:Organisation .
  i:S1 a hv:Initiative, hv:Project ; dcterms:title "Hanke"@fi ; hv:end "2019-06-30"^^xsd:date .
  p:b a hv:Participation ; hv:participant o:school ; hv:inInitiative i:S1 ; hv:role r:partner .
}""",
    """d:3 {
  o:home-care a hv:Organisation, hv:Unit ; skos:prefLabel "Kotihoito"@fi ; hv:unitOf o:authority .
  i:card a hv:Initiative, hv:Practice ; dcterms:title "Kortti"@fi ; dcterms:issued "2020-02-03"^^xsd:date .
  p:c a hv:Participation ; hv:participant o:home-care ; hv:inInitiative i:card ; hv:role r:host .
  p:broken a hv:Participation ; hv:participant o:home-care ; hv:role r:host .
}""",
]


def store_of(*graphs: str) -> ox.Store:
    """Return a store in memory that holds the graphs, loaded in this order."""
    store = ox.Store()
    for graph in graphs:
        store.load(PREFIXES + graph, format=ox.RdfFormat.TRIG)
    return store


@pytest.fixture(scope="module")
def index() -> CollaborationIndex:
    """Return the index of the small store."""
    return read_index(store_of(VOCABULARIES, *DOCUMENTS))


def tails(iris: list[str]) -> list[str]:
    """Return the last parts of IRIs."""
    return [iri.rpartition("/")[2] for iri in iris]


def test_organisations_are_those_that_documents_name_and_the_owners_of_units(index: CollaborationIndex) -> None:
    assert tails(index.organisations.iris) == ["authority", "city", "home-care", "money", "school"]
    assert index.organisations.owners.tolist() == [NO_OWNER, NO_OWNER, 0, NO_OWNER, NO_OWNER]
    assert index.organisations.types == ["", "municipality", "", "", ""]


def test_the_vocabulary_names_an_organisation_before_a_document_does(index: CollaborationIndex) -> None:
    names = dict(zip(tails(index.organisations.iris), index.organisations.labels, strict=True))
    assert names["city"] == "Mallilan kaupunki"
    assert names["school"] == "Mallilan koulu"
    assert names["authority"] == "authority"  # nobody has named it: the end of its IRI


def test_labels_come_in_the_language_asked_for() -> None:
    index = read_index(store_of(VOCABULARIES, *DOCUMENTS), "sv")
    assert index.organisations.labels[1] == "Mallila stad"
    assert index.type_labels["municipality"] == "Kommun"
    assert index.initiatives.titles == ["Hanke", "Kortti"]


def test_initiatives_span_what_all_sources_say(index: CollaborationIndex) -> None:
    assert tails(index.initiatives.iris) == ["S1", "card"]
    assert index.initiatives.titles == ["Hanke", "Kortti"]
    assert index.initiatives.kinds == ["project", "practice"]
    assert index.initiatives.codes == ["S1", ""]
    assert index.initiatives.starts.tolist() == [2016, UNKNOWN_YEAR]  # a card that is only published has no date
    assert index.initiatives.ends.tolist() == [2019, UNKNOWN_YEAR]
    assert index.initiatives.published.tolist() == [UNKNOWN_YEAR, 2020]


def test_participations_are_joined_once_and_broken_ones_left_out(index: CollaborationIndex) -> None:
    table = index.participations
    assert tails(table.iris) == ["a", "b", "c"]
    assert [tails(index.organisations.iris)[place] for place in table.organisations] == ["city", "school", "home-care"]
    assert [tails(index.initiatives.iris)[place] for place in table.initiatives] == ["S1", "S1", "card"]
    assert [index.roles[role] for role in table.roles] == ["applicant", "partner", "host"]
    assert table.starts.tolist() == [2017, UNKNOWN_YEAR, UNKNOWN_YEAR]
    assert table.ends.tolist() == [UNKNOWN_YEAR] * 3


def test_links(index: CollaborationIndex) -> None:
    assert (index.funders.left.tolist(), index.funders.right.tolist()) == ([3], [0])
    assert (index.methods_used.left.tolist(), index.methods_used.right.tolist()) == ([0], [0])
    assert (index.methods.labels, index.places.labels) == (["Lean"], ["Mallila"])
    assert (index.initiative_places.left.tolist(), index.organisation_places.left.tolist()) == ([0], [1])


def test_the_order_of_loading_does_not_matter(index: CollaborationIndex) -> None:
    for graphs in permutations([VOCABULARIES, *DOCUMENTS]):
        again = read_index(store_of(*graphs))
        assert again.organisations.labels == index.organisations.labels
        assert again.initiatives.titles == index.initiatives.titles
        assert again.participations.iris == index.participations.iris
        assert np.array_equal(again.initiatives.ends, index.initiatives.ends)


def test_a_role_that_the_contract_does_not_know_is_kept_by_its_name() -> None:
    extra = "d:9 { p:x hv:participant o:city ; hv:inInitiative i:S1 ; hv:role r:evaluator }"
    index = read_index(store_of(*DOCUMENTS, extra))
    assert index.roles == [*ROLES, "evaluator"]
    assert index.roles[index.participations.roles[-1]] == "evaluator"


def test_an_empty_store_gives_an_empty_index() -> None:
    index = read_index(ox.Store())
    assert (len(index.organisations), len(index.initiatives), len(index.participations)) == (0, 0, 0)


def test_positions_are_found_by_iri(index: CollaborationIndex) -> None:
    for place, iri in enumerate(index.organisations.iris):
        assert index.organisations.position(iri) == place
    with pytest.raises(UsageError, match=r"no initiative https://example\.org/x"):
        index.initiatives.position("https://example.org/x")
