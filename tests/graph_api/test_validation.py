"""The queries derived from the shapes find what pySHACL finds, on a valid graph and on broken ones."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from graph_api.validation import Violation, readable_report, validate_store, validate_with_pyshacl

PREFIXES = """
@prefix hv: <https://w3id.org/hankeverkko/ontology#> . @prefix id: <https://w3id.org/hankeverkko/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
"""
VALID = """
<id:o> a hv:Organisation ; skos:prefLabel "Esimerkkikunta"@fi ; hv:organisationType <https://w3id.org/hankeverkko/id/organisation-type/municipality> .
"""
BROKEN = {
    "an organisation without a name": "<id:x> a hv:Organisation ; hv:organisationType <https://w3id.org/hankeverkko/id/organisation-type/other> .",
    "a business id of the wrong form": '<id:o> hv:businessId "12-3" .',
    "a unit without an owner": "<id:o> a hv:Unit .",
    "a participation of nobody": "<id:p> a hv:Participation .",
    "a funding with a negative amount": '<id:f> a hv:Funding ; hv:amount "-1"^^xsd:decimal .',
    "a person without a name": "<id:n> a hv:Person .",
    "a person with an address": '<id:n> a hv:Person ; foaf:name "Testi" ; foaf:mbox <mailto:a@b.example> .',
    "a document without a fingerprint": "<id:d> a hv:Document .",
    "evidence without a quote": "<id:e> a hv:Evidence .",
    "evidence that is too sure": '<id:e> a hv:Evidence ; hv:confidence "1.5"^^xsd:decimal .',
    "a pilot of nothing": '<id:i> a hv:Pilot , hv:Initiative ; dcterms:title "Kokeilu"@fi .',
}


def both(turtle: str) -> tuple[set[tuple[str, str, str]], set[tuple[str, str, str]]]:
    text = PREFIXES + turtle.replace("<id:", "<https://example.org/id/")
    store = ox.Store()
    store.load(text.encode(), format=ox.RdfFormat.TURTLE)
    by_queries = validate_store(store)
    by_pyshacl = validate_with_pyshacl(rdflib.Graph().parse(data=text, format="turtle"))
    return keys(by_queries), keys(by_pyshacl)


def keys(violations: list[Violation]) -> set[tuple[str, str, str]]:
    return {(v.focus, v.path, v.message) for v in violations}


def test_a_valid_graph_is_valid_to_both() -> None:
    assert both(VALID) == (set(), set())


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_both_find_the_same_wrong(broken: str) -> None:
    by_queries, by_pyshacl = both(VALID + broken)
    assert by_queries
    assert by_queries == by_pyshacl


def test_the_report_names_the_rule_and_the_place() -> None:
    text = readable_report([Violation("https://example.org/x", "", "A person must have a name.", "", "shape")])
    assert "A person must have a name." in text
    assert "https://example.org/x" in text
    assert readable_report([]) == "The graph is valid."


def test_the_shapes_are_a_packaged_file(repository: Path) -> None:
    assert (repository / "ontology" / "shapes.ttl").is_file()
