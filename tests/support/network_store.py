"""A small store for networks, in the form that docs/graph.md describes."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from graph_api.store import load, new_generation

PREFIXES = """
@prefix hv: <https://w3id.org/hankeverkko/ontology#> .
@prefix g: <https://w3id.org/hankeverkko/graph/> .
@prefix d: <https://w3id.org/hankeverkko/graph/document/> .
@prefix doc: <https://w3id.org/hankeverkko/id/document/> .
@prefix o: <https://w3id.org/hankeverkko/id/organisation/> .
@prefix t: <https://w3id.org/hankeverkko/id/organisation-type/> .
@prefix i: <https://w3id.org/hankeverkko/id/initiative/> .
@prefix p: <https://w3id.org/hankeverkko/id/participation/> .
@prefix f: <https://w3id.org/hankeverkko/id/funding/> .
@prefix e: <https://w3id.org/hankeverkko/id/evidence/> .
@prefix r: <https://w3id.org/hankeverkko/id/role/> .
@prefix m: <https://w3id.org/hankeverkko/id/method/> .
@prefix pe: <https://w3id.org/hankeverkko/id/person/> .
@prefix pl: <https://w3id.org/hankeverkko/id/place/> .
@prefix pk: <https://w3id.org/hankeverkko/id/place-kind/> .
@prefix a: <https://w3id.org/hankeverkko/id/amount-kind/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
VOCABULARIES = """
g:vocabularies {
  pl:north skos:prefLabel "Pohjola"@fi, "The North"@en ; hv:placeKind pk:region .
  pl:south skos:prefLabel "Etelä"@fi ; hv:placeKind pk:region .
  pl:k1 skos:prefLabel "Ylikunta"@fi ; hv:placeKind pk:municipality ; skos:broader pl:north .
  pl:k2 skos:prefLabel "Alikunta"@fi ; hv:placeKind pk:municipality ; skos:broader pl:south .
  m:lean skos:prefLabel "Lean"@fi . m:dialogue skos:prefLabel "dialogi"@fi .
  t:town skos:prefLabel "Kunta"@fi . t:school skos:prefLabel "Oppilaitos"@fi .
}
"""
DOCUMENT = """
d:1 {
  o:a a hv:Organisation ; skos:prefLabel "Ylikunnan kaupunki"@fi ; hv:organisationType t:town ; hv:locatedIn pl:k1 .
  o:b a hv:Organisation ; skos:prefLabel "Alikunnan kunta"@fi ; hv:organisationType t:town ; hv:locatedIn pl:k2 .
  o:c a hv:Organisation ; skos:prefLabel "Korkeakoulu"@fi ; hv:organisationType t:school ; hv:locatedIn pl:k2 .
  o:d a hv:Organisation ; skos:prefLabel "Yhdistys ry"@fi .
  o:unit a hv:Organisation, hv:Unit ; skos:prefLabel "Kotihoito"@fi ; hv:unitOf o:a .
  o:fund a hv:Organisation, hv:Funder ; skos:prefLabel "Rahasto"@fi ; hv:funds i:1, i:2 .

  i:1 a hv:Initiative, hv:Project ; dcterms:title "Hyvinvointi kotona"@fi ; hv:code "S1" ; hv:usesMethod m:lean ;
    hv:start "2015-01-01"^^xsd:date ; hv:end "2016-12-31"^^xsd:date ; hv:takesPlaceIn pl:k1 .
  i:2 a hv:Initiative, hv:Project ; dcterms:title "Hyvinvoinnin johtaminen"@fi ; hv:usesMethod m:lean, m:dialogue ;
    hv:start "2018"^^xsd:gYear ; hv:end "2020"^^xsd:gYear .
  i:3 a hv:Initiative, hv:Practice ; dcterms:title "Metsäpolku"@fi ; hv:usesMethod m:dialogue .
  i:4 a hv:Initiative, hv:Pilot ; dcterms:title "Kokeilu kotona"@fi ; hv:start "2016"^^xsd:gYear ; hv:end "2016"^^xsd:gYear .

  p:1a a hv:Participation ; hv:participant o:a ; hv:inInitiative i:1 ; hv:role r:applicant .
  p:1b a hv:Participation ; hv:participant o:b ; hv:inInitiative i:1 ; hv:role r:partner .
  p:1c a hv:Participation ; hv:participant o:c ; hv:inInitiative i:1 ; hv:role r:partner .
  p:2a a hv:Participation ; hv:participant o:unit ; hv:inInitiative i:2 ; hv:role r:applicant .
  p:2b a hv:Participation ; hv:participant o:b ; hv:inInitiative i:2 ; hv:role r:partner .
  p:2m a hv:Participation ; hv:participant o:fund ; hv:inInitiative i:2 ; hv:role r:funder .
  p:3d a hv:Participation ; hv:participant o:d ; hv:inInitiative i:3 ; hv:role r:host .
  p:4a a hv:Participation ; hv:participant o:a ; hv:inInitiative i:4 ; hv:role r:pilot .
  p:4c a hv:Participation ; hv:participant o:c ; hv:inInitiative i:4 ; hv:role r:pilot .

  f:1 a hv:Funding ; hv:fundedInitiative i:1 ; hv:amount 300.0 ; hv:currency "EUR" ; hv:amountKind a:granted-eu-state .
  f:1b a hv:Funding ; hv:fundedInitiative i:1 ; hv:amount 299.0 ; hv:currency "EUR" ; hv:amountKind a:granted-eu-state .
  f:1c a hv:Funding ; hv:fundedInitiative i:1 ; hv:amount 900.0 ; hv:currency "EUR" ; hv:amountKind a:total-budget .
  f:2 a hv:Funding ; hv:fundedInitiative i:2 ; hv:amount 50.0 ; hv:currency "SEK" ; hv:amountKind a:granted-eu-state .

  pe:x a hv:Person ; foaf:name "Nimi Salainen" ; hv:jobTitle "projektipäällikkö" ; hv:worksFor o:a ; hv:contactFor i:1, i:4 .
  pe:y a hv:Person ; foaf:name "Toinen Salainen" ; hv:contactFor i:1 .

  doc:1 a hv:Document ; dcterms:title "Loppuraportti" ; hv:describes i:1, i:2 .
  e:1 a hv:Evidence ; hv:supports p:1a ; hv:confidence 0.9 .
  e:2 a hv:Evidence ; hv:supports p:1b ; hv:confidence 0.4 .
  e:3 a hv:Evidence ; hv:supports p:1b ; hv:confidence 0.6 .
  e:4 a hv:Evidence ; rdf:subject i:1 ; rdf:predicate hv:usesMethod ; rdf:object m:lean ; hv:confidence 0.7 .
}
"""


def network_store() -> ox.Store:
    """Return the store, in memory."""
    store = ox.Store()
    for graph in (VOCABULARIES, DOCUMENT):
        store.load(PREFIXES + graph, format=ox.RdfFormat.TRIG)
    return store


def network_folder(folder: Path, trig: str | None = None) -> Path:
    """Return a store on disk with these graphs (those above, where none are given)."""
    store = ox.Store()
    for graph in (VOCABULARIES, DOCUMENT) if trig is None else (VOCABULARIES, trig):
        store.load(PREFIXES + graph, format=ox.RdfFormat.TRIG)
    lines = folder / "lines.nq"
    store.dump(str(lines), format=ox.RdfFormat.N_QUADS)
    with new_generation(folder / "store") as generation:
        quads = load(generation, [lines])
        generation.write_manifest({"documents": [{"key": "1"}], "quads": quads})
    return folder / "store"
