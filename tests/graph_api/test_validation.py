"""The two validators agree: on a valid graph, and on graphs that each break one constraint of shapes.ttl."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib

from graph_api.shape_queries import ShapeReader
from graph_api.validation import Violation, readable_report, validate_store, validate_with_pyshacl
from loaders.errors import DataError
from loaders.resources import read_text

Case = tuple[str, str, str | tuple[str, ...]]
ID = "https://w3id.org/hankeverkko/id/"
PREFIXES = f"""
PREFIX hv: <https://w3id.org/hankeverkko/ontology#>
PREFIX o: <{ID}organisation/>
PREFIX i: <{ID}initiative/>
PREFIX e: <{ID}evidence/>
PREFIX x: <{ID}x/>
PREFIX hva: <{ID}amount-kind/>
PREFIX hvk: <{ID}initiative-kind/>
PREFIX hvpk: <{ID}place-kind/>
PREFIX hvr: <{ID}role/>
PREFIX hvs: <{ID}status/>
PREFIX hvt: <{ID}organisation-type/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX vcard: <http://www.w3.org/2006/vcard/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
VALID = (
    PREFIXES
    + """
o:city a hv:Organisation ; skos:prefLabel "Esimerkkilän kaupunki"@fi ; hv:organisationType hvt:municipality ;
    hv:businessId "1234567-1" ; hv:locatedIn x:place ; hv:participatesIn i:S1 .
o:library a hv:Organisation , hv:Unit ; skos:prefLabel "Esimerkkilän kirjasto"@fi ; hv:organisationType hvt:sub_unit ;
    hv:unitOf o:city .
o:fund a hv:Organisation , hv:Funder ; skos:prefLabel "Esimerkkirahasto"@fi ; hv:organisationType hvt:fund ; hv:funds i:S1 .
o:unnamed a skos:Concept .
i:S1 a hv:Initiative , hv:Project ; dcterms:title "Lean arjessa"@fi , "Lean i vardagen"@sv ; hv:initiativeKind hvk:project ;
    hv:code "S1" ; hv:status hvs:ended ; hv:start "2016-01-01"^^xsd:date , "2019"^^xsd:gYear ;
    hv:end "2018-12"^^xsd:gYearMonth ; hv:usesMethod x:method ; hv:takesPlaceIn x:place ; hv:partOfProgramme x:programme ;
    hv:relatedTo x:practice .
x:programme a hv:Initiative , hv:Programme ; dcterms:title "Ohjelma"@fi ; hv:initiativeKind hvk:programme ;
    hv:start "2016-05-01"^^xsd:date ; hv:end "2016"^^xsd:gYear .
x:practice a hv:Initiative , hv:Practice ; dcterms:title "Käytäntö"@fi ; hv:initiativeKind hvk:practice .
x:pilot a hv:Initiative , hv:Pilot ; dcterms:title "Pilotti"@fi ; hv:initiativeKind hvk:pilot ; hv:pilotOf i:S1 ;
    hv:hostedBy o:library ; hv:takesPlaceIn x:place .
x:part a hv:Participation ; hv:participant o:city ; hv:inInitiative i:S1 ; hv:role hvr:applicant ;
    hv:start "2016-01-01"^^xsd:date ; hv:end "2018-12-31"^^xsd:date .
x:money a hv:Funding ; hv:fundedInitiative i:S1 ; hv:funder o:fund ; hv:amount 1000.50 ; hv:currency "EUR" ;
    hv:amountKind hva:granted-eu-state .
x:returned a hv:Funding ; hv:fundedInitiative i:S1 ; hv:amount -744.0 ; hv:currency "EUR" ; hv:amountKind hva:realised-public .
x:person a hv:Person ; foaf:name "Maija Esimerkki" ; hv:jobTitle "suunnittelija"@fi ; hv:worksFor o:city ; hv:contactFor i:S1 .
x:method a hv:Method , skos:Concept ; skos:prefLabel "Lean"@fi .
x:place a hv:Place , skos:Concept ; skos:prefLabel "Esimerkkilä"@fi ; hv:placeKind hvpk:municipality .
x:doc a hv:Document ; dcterms:identifier "sivu" ; dcterms:format "text/plain" ; dcterms:language "fi" ; hv:sha256 "%s" ;
    hv:documentKind "eura2014-page" ; hv:loader "eura2014-page/1" ; hv:describes i:S1 .
e:quoted a hv:Evidence ; rdf:subject o:city ; rdf:predicate hv:participatesIn ; rdf:object i:S1 ; hv:quote "Hakija: kaupunki" ;
    hv:startOffset 0 ; hv:endOffset 16 ; prov:wasDerivedFrom x:doc ; hv:confidence 0.95 ; hv:extractedBy "eura/1" ;
    hv:standing "asserted" .
e:row a hv:Evidence ; hv:supports i:S1 , x:part ; hv:quote "S1;Lean arjessa" ; hv:row 7 ; prov:wasDerivedFrom x:doc ;
    hv:confidence 1.0 ; hv:extractedBy "list/1" ; hv:standing "reviewed" .
x:decision a hv:IdentityDecision , prov:Activity ; hv:judgement "same" ; hv:decidedName "Kaupunki" , "Esimerkkilän kaupunki" ;
    hv:decidedEntity o:city ; hv:decidedBy "maija" ; hv:score 0.4 .
"""
    % ("0a" * 32)
)

# (what is broken, update that breaks it, how the message starts)
BROKEN: list[Case] = [
    ("no name", "DELETE DATA { o:city skos:prefLabel 'Esimerkkilän kaupunki'@fi }", "An organisation needs at least"),
    ("name without language", "INSERT DATA { o:city skos:prefLabel 'City' }", "An organisation needs at least"),
    ("no type", "DELETE DATA { o:city hv:organisationType hvt:municipality }", "An organisation has exactly one type"),
    ("two types", "INSERT DATA { o:city hv:organisationType hvt:company }", "An organisation has exactly one type"),
    ("unknown type", "DELETE DATA { o:fund hv:organisationType hvt:fund } ; INSERT DATA { o:fund hv:organisationType hvt:z }",
     "An organisation has exactly one type"),
    ("bad business id", "INSERT DATA { o:fund hv:businessId '123456-1' }", "A business id"),
    ("business id inside text", "INSERT DATA { o:fund hv:businessId 'FI1234567-1' }", "A business id"),
    ("country by name", "INSERT DATA { o:fund hv:country 'Estonia' }", "A country (hv:country)"),
    ("participant code too short", "INSERT DATA { o:fund hv:participantCode '12345' }", "A participant code"),
    ("seat is no place", "INSERT DATA { o:fund hv:locatedIn x:nowhere }", "What an organisation is located in"),
    ("joins nothing", "INSERT DATA { o:fund hv:participatesIn x:nothing }", "What an organisation participates in"),
    ("owner not described", "INSERT DATA { o:library hv:unitOf o:unnamed }", "The owner of a unit"),
    ("unit of nobody", "DELETE DATA { o:library hv:unitOf o:city }", "A unit needs the organisation"),
    ("funder not typed", "DELETE DATA { o:fund a hv:Funder } ; DELETE DATA { x:money hv:funder o:fund }",
     "An organisation that funds"),
    ("funds an organisation", "INSERT DATA { o:fund hv:funds o:city }", "What a funder funds"),
    ("source is no funder", "INSERT DATA { x:money hv:funder o:city }", "The source of money"),
    ("nameless person", "DELETE DATA { x:person foaf:name 'Maija Esimerkki' }", "A person has exactly one name"),
    ("person of two names", "INSERT DATA { x:person foaf:name 'Maija Muu' }", "A person has exactly one name"),
    ("e-mail", "INSERT DATA { x:person foaf:mbox <mailto:a@example.org> }", "E-mail addresses never"),
    ("hashed e-mail", "INSERT DATA { x:person foaf:mbox_sha1sum 'ab' }", "E-mail addresses never"),
    ("telephone", "INSERT DATA { x:person foaf:phone <tel:+358> }", "Telephone numbers never"),
    ("schema e-mail", "INSERT DATA { x:person schema:email 'a@example.org' }", "E-mail addresses never"),
    ("schema telephone", "INSERT DATA { x:person schema:telephone '040' }", "Telephone numbers never"),
    ("vcard e-mail", "INSERT DATA { x:person vcard:hasEmail <mailto:a@example.org> }", "E-mail addresses never"),
    ("works for no organisation", "INSERT DATA { x:person hv:worksFor o:unnamed }", "What a person works for"),
    ("contact for nothing", "INSERT DATA { x:person hv:contactFor o:city }", "What a person is a contact for"),
    ("initiative of no class", "DELETE DATA { x:practice a hv:Practice }", "An initiative is also typed"),
    ("no title", "DELETE DATA { x:practice dcterms:title 'Käytäntö'@fi }", "An initiative needs at least one title"),
    ("no kind", "DELETE DATA { x:practice hv:initiativeKind hvk:practice }", "An initiative needs its kind"),
    ("code with language", "INSERT DATA { i:S1 hv:code 'S2'@fi }", "A code"),
    ("code with a blank", "INSERT DATA { i:S1 hv:code 'S2 ' }", "A code"),
    ("state as text", "INSERT DATA { i:S1 hv:status 'Toiminnassa' }", "A state"),
    ("uses no method", "INSERT DATA { i:S1 hv:usesMethod x:place }", "What an initiative uses"),
    ("takes place in no place", "INSERT DATA { i:S1 hv:takesPlaceIn o:city }", "Where an initiative takes place"),
    ("part of no programme", "INSERT DATA { i:S1 hv:partOfProgramme x:practice }", "What an initiative is a part of"),
    ("related to nothing", "INSERT DATA { i:S1 hv:relatedTo o:city }", "What an initiative is related to"),
    ("pilot of nothing", "DELETE DATA { x:pilot hv:pilotOf i:S1 }", "A pilot needs the initiative"),
    ("pilot of an organisation", "INSERT DATA { x:pilot hv:pilotOf o:city }", "A pilot needs the initiative"),
    ("hosted by a concept", "INSERT DATA { x:pilot hv:hostedBy o:unnamed }", "What hosts a pilot"),
    ("start as text", "INSERT DATA { x:practice hv:start '2016-01-01' }", "A beginning"),
    ("no such day", "INSERT DATA { x:practice hv:end '2016-02-30'^^xsd:date }", "An end (hv:end) is"),
    ("ends before it starts", "INSERT DATA { x:practice hv:start '2016-01'^^xsd:gYearMonth ; hv:end '2015'^^xsd:gYear }",
     "No beginning"),
    ("participation ends before it starts", "DELETE DATA { x:part hv:end '2018-12-31'^^xsd:date } ; "
     "INSERT DATA { x:part hv:end '2015-12-31'^^xsd:date }", "No beginning"),
    ("ended early in words", "INSERT DATA { x:part hv:endedEarly 'yes' }", "Whether a participation ended early"),
    ("nobody takes part", "DELETE DATA { x:part hv:participant o:city }", "A participation has exactly one participant"),
    ("two take part", "INSERT DATA { x:part hv:participant o:fund }", "A participation has exactly one participant"),
    ("in no initiative", "DELETE DATA { x:part hv:inInitiative i:S1 }", "A participation is in exactly one"),
    ("no role", "DELETE DATA { x:part hv:role hvr:applicant }", "A participation has exactly one role"),
    ("group as role", "DELETE DATA { x:part hv:role hvr:applicant } ; INSERT DATA { x:part hv:role hvr:implementer }",
     "A participation has exactly one role"),
    ("for nobody", "INSERT DATA { x:money hv:recipient o:unnamed }", "The recipient of money"),
    ("money for nothing", "DELETE DATA { x:money hv:fundedInitiative i:S1 }", "A funding is for exactly one"),
    ("two amounts", "INSERT DATA { x:money hv:amount 7.5 }", "A funding has exactly one amount"),
    ("whole number", "DELETE DATA { x:money hv:amount 1000.50 } ; INSERT DATA { x:money hv:amount 1000 }",
     "A funding has exactly one amount"),
    ("negative grant", "DELETE DATA { x:money hv:amount 1000.50 } ; INSERT DATA { x:money hv:amount '-1.0'^^xsd:decimal }", "Only realised"),
    ("currency sign", "DELETE DATA { x:money hv:currency 'EUR' } ; INSERT DATA { x:money hv:currency '€' }",
     "A funding has exactly one currency"),
    ("two kinds of money", "INSERT DATA { x:money hv:amountKind hva:planned-public }", "A funding has exactly one kind"),
    ("nameless method", "DELETE DATA { x:method skos:prefLabel 'Lean'@fi }", "A method needs a name"),
    ("nameless place", "DELETE DATA { x:place skos:prefLabel 'Esimerkkilä'@fi }", "A place needs a name"),
    ("place of no kind", "DELETE DATA { x:place hv:placeKind hvpk:municipality }", "A place has exactly one kind"),
    ("document without identifier", "DELETE DATA { x:doc dcterms:identifier 'sivu' }", "A document needs an identifier"),
    ("short digest", "DELETE { x:doc hv:sha256 ?d } INSERT { x:doc hv:sha256 'abc' } WHERE { x:doc hv:sha256 ?d }",
     "A document has exactly one digest"),
    ("no media type", "DELETE DATA { x:doc dcterms:format 'text/plain' }", "A document has exactly one media type"),
    ("language in words", "INSERT DATA { x:doc dcterms:language 'suomi kai' }", "A document needs its language"),
    ("loader without version", "INSERT DATA { x:doc hv:loader 'eura' }", "A document needs the loader"),
    ("document of no kind", "DELETE DATA { x:doc hv:documentKind 'eura2014-page' }", "A document needs its kind"),
    ("describes nothing", "DELETE DATA { x:doc hv:describes i:S1 }", "A document needs at least one initiative"),
    ("empty quote", "DELETE DATA { e:row hv:quote 'S1;Lean arjessa' } ; INSERT DATA { e:row hv:quote ' ' }",
     "Evidence needs the words"),
    ("from no document", "DELETE DATA { e:row prov:wasDerivedFrom x:doc }", "Evidence comes from exactly one"),
    ("more than certain", "DELETE DATA { e:row hv:confidence 1.0 } ; INSERT DATA { e:row hv:confidence 1.5 }",
     "Evidence has exactly one confidence"),
    ("less than nothing", "DELETE DATA { e:row hv:confidence 1.0 } ; INSERT DATA { e:row hv:confidence '-0.5'^^xsd:decimal }",
     "Evidence has exactly one confidence"),
    ("found by nobody", "DELETE DATA { e:row hv:extractedBy 'list/1' }", "Evidence names the one rule"),
    ("unknown standing", "DELETE DATA { e:row hv:standing 'reviewed' } ; INSERT DATA { e:row hv:standing 'guessed' }",
     "The standing of evidence"),
    ("ends where it starts", "DELETE DATA { e:quoted hv:endOffset 16 } ; INSERT DATA { e:quoted hv:endOffset 0 }",
     "A start offset"),
    ("negative offset", "DELETE DATA { e:quoted hv:startOffset 0 } ; INSERT DATA { e:quoted hv:startOffset -1 }",
     "A start offset"),
    ("end offset as text", "INSERT DATA { e:row hv:endOffset 'z' } ; DELETE DATA { e:row hv:row 7 } ; "
     "INSERT DATA { e:row hv:startOffset 1 }", ("A start offset", "An end offset")),
    ("row nought", "DELETE DATA { e:row hv:row 7 } ; INSERT DATA { e:row hv:row 0 }", "A row"),
    ("nameless sheet", "INSERT DATA { e:row hv:sheet ' ' }", "A sheet"),
    ("nowhere", "DELETE DATA { e:row hv:row 7 }", "Evidence says where it stands"),
    ("half a position", "DELETE DATA { e:quoted hv:endOffset 16 }", "Evidence says where it stands"),
    ("in two places", "INSERT DATA { e:quoted hv:row 3 }", "Evidence says where it stands"),
    ("half a triple", "DELETE DATA { e:quoted rdf:object i:S1 }", "Evidence says what it supports"),
    ("two objects", "INSERT DATA { e:quoted rdf:object o:fund }", "Evidence says what it supports"),
    ("two judgements", "INSERT DATA { x:decision hv:judgement 'unsure' }", "The judgement of an identity decision"),
    ("about nothing", "DELETE WHERE { x:decision hv:decidedName ?name }", "An identity decision says what it is about"),
    ("decided by nobody", "DELETE DATA { x:decision hv:decidedBy 'maija' }", "An identity decision says who made it"),
    ("a high score", "DELETE DATA { x:decision hv:score 0.4 } ; INSERT DATA { x:decision hv:score 40.0 }",
     "The score of an identity decision"),
]  # fmt: skip
# Taking a type away breaks what points at the node as well.
UNTYPED = [
    ("o:library", "hv:Organisation", "A unit is an organisation too"),
    ("o:fund", "hv:Organisation", "A funder is an organisation too"),
    ("i:S1", "hv:Initiative", "A project is an initiative too"),
    ("x:programme", "hv:Initiative", "A programme is an initiative too"),
    ("x:practice", "hv:Initiative", "A practice is an initiative too"),
    ("x:pilot", "hv:Initiative", "A pilot is an initiative too"),
    ("x:method", "skos:Concept", "A method is a concept too"),
    ("x:place", "skos:Concept", "A place is a concept too"),
]


def broken_store(*updates: str) -> ox.Store:
    """Return the valid graph after some updates, in two named graphs as a real store has them, some triples in both."""
    plain, store = ox.Store(), ox.Store()
    plain.load(VALID.encode(), format=ox.RdfFormat.TURTLE)
    for update in updates:
        before = set(plain)
        plain.update(PREFIXES + update)
        assert set(plain) != before, f"the update changes nothing: {update}"
    for number, quad in enumerate(sorted(plain, key=str)):
        for name in ("a", "b") if number % 5 == 0 else ("a",) if number % 2 else ("b",):
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(f"{ID}graph/{name}")))
    return store


def by_pyshacl(store: ox.Store) -> list[Violation]:
    triples = "\n".join({f"{quad.subject} {quad.predicate} {quad.object} ." for quad in store})
    return validate_with_pyshacl(rdflib.Graph().parse(data=triples, format="nt"))


def starts_of(case: Case) -> tuple[str, ...]:
    return (case[2],) if isinstance(case[2], str) else case[2]


def test_a_valid_graph_is_valid_for_both() -> None:
    store = broken_store()
    assert validate_store(store) == []
    assert by_pyshacl(store) == []


@pytest.mark.parametrize("case", BROKEN, ids=[case[0] for case in BROKEN])
def test_a_fault_is_found_and_nothing_else(case: Case) -> None:
    found = validate_store(broken_store(case[1]))
    assert len({violation.message for violation in found}) == len(starts_of(case))
    assert all(violation.message.startswith(starts_of(case)) for violation in found)


# The reference takes a tenth of a second a graph, so each of its graphs has a number of faults.
@pytest.mark.parametrize("part", range(8))
def test_the_reference_finds_the_same(part: int) -> None:
    cases = BROKEN[part::8]
    store = broken_store(*(case[1] for case in cases))
    found = validate_store(store)
    assert found == by_pyshacl(store)
    for start in (start for case in cases for start in starts_of(case)):
        assert any(violation.message.startswith(start) for violation in found), start


def test_both_miss_superclasses() -> None:
    store = broken_store(*(f"DELETE DATA {{ {node} a {kind} }}" for node, kind, _ in UNTYPED))
    found = validate_store(store)
    assert found == by_pyshacl(store)
    for node, _, start in UNTYPED:
        assert any(v.message.startswith(start) and v.focus.endswith(node[2:]) for v in found), start


def test_every_message_of_the_shapes_is_provoked() -> None:
    starts = [start for case in BROKEN for start in starts_of(case)]
    starts += [case[2] for case in UNTYPED] + ["This entity is a blank node", "Addresses of people never"]
    messages = {query.message for query in ShapeReader(read_text("ontology", "shapes.ttl")).queries()}
    assert [message for message in messages if not message.startswith(tuple(starts))] == []
    assert [start for start in starts if not any(message.startswith(start) for message in messages)] == []


def test_a_blank_node_is_found_by_both() -> None:
    store = broken_store("INSERT DATA { [] a hv:Method , skos:Concept ; skos:prefLabel 'Kanban'@fi }")
    found = validate_store(store)
    assert [(v.focus, v.message.partition(";")[0]) for v in found] == [("(blank node)", "This entity is a blank node")]
    assert found == by_pyshacl(store)


def test_a_violation_says_where_and_what() -> None:
    found = validate_store(broken_store("INSERT DATA { o:fund hv:businessId '123' }"))
    assert [(v.focus, v.path.rpartition("#")[2], v.value, v.shape.rpartition("#")[2]) for v in found] == [
        (f"{ID}organisation/fund", "businessId", "123", "Organisation")
    ]


def test_a_concept_of_the_vocabulary_is_no_organisation_yet() -> None:
    store = ox.Store()
    store.load((PREFIXES + "o:x a skos:Concept ; hv:businessId 'none' .").encode(), format=ox.RdfFormat.TURTLE)
    assert validate_store(store) == []


def test_the_report_counts_and_shows_the_first() -> None:
    names = " ".join(f"x:m{number} a hv:Method , skos:Concept ." for number in range(8))
    report = readable_report(validate_store(broken_store(f"INSERT DATA {{ {names} o:fund hv:businessId 'z' }}")))
    lines = report.splitlines()
    assert lines[:3] == [
        "9 places break the shapes of the ontology:",
        "- A method needs a name (skos:prefLabel). (8×)",
        f"    {ID}x/m0",
    ]
    assert "    … and 3 more" in lines
    assert lines[-1] == f"    {ID}organisation/fund: 'z'"


def test_the_report_of_a_valid_graph() -> None:
    assert readable_report([]) == "The graph is valid."


@pytest.mark.parametrize(
    ("shape", "complaint"),
    [
        ("sh:targetClass hv:X ; sh:closed true", "sh:closed"),
        ("sh:targetClass hv:X ; sh:and ( [ sh:class hv:Y ] )", "sh:and"),
        ("sh:targetClass hv:X ; sh:severity sh:Warning", "sh:severity"),
        ("sh:targetClass hv:X ; sh:property [ sh:path hv:p ; sh:minCount 2 ]", "sh:minCount 2"),
        ("sh:targetClass hv:X ; sh:property [ sh:path hv:p ; sh:maxCount 3 ]", "sh:maxCount 3"),
        ("sh:targetClass hv:X ; sh:property [ sh:path [ sh:inversePath hv:p ] ; sh:minCount 1 ]", "path"),
        ("sh:targetClass hv:X ; sh:property [ sh:path hv:p ; sh:uniqueLang true ]", "sh:uniqueLang"),
        ("sh:targetClass hv:X ; sh:property [ sh:path hv:p ; sh:pattern 'a' ; sh:flags 'i' ]", "sh:flags"),
        ("sh:targetClass hv:X ; sh:property [ sh:path hv:p ; sh:datatype xsd:anyURI ]", "anyURI"),
        ("sh:targetClass hv:X ; sh:nodeKind sh:BlankNodeOrIRI", "BlankNodeOrIRI"),
        ("sh:targetClass hv:X ; sh:or ( [ sh:property [ sh:path hv:p ; sh:hasValue hv:Y ] ] )", "sh:hasValue"),
        ("sh:targetClass hv:X ; sh:sparql [ sh:select 'ASK { }' ]", "SELECT"),
        ("sh:targetClass hv:X ; hv:colour 'red'", "colour"),
        ("sh:class hv:X", "no target"),
    ],
)
def test_what_the_queries_cannot_check_is_refused(shape: str, complaint: str) -> None:
    turtle = f"{PREFIXES}PREFIX sh: <http://www.w3.org/ns/shacl#>\nhv:Shape a sh:NodeShape ; {shape} ."
    with pytest.raises(DataError, match=complaint):
        list(ShapeReader(turtle).queries())


def test_ten_thousand_nodes_that_conform() -> None:
    lines = [
        f'i:S{n} a hv:Initiative , hv:Project ; dcterms:title "Hanke {n}"@fi ; hv:initiativeKind hvk:project ;'
        f' hv:start "2016"^^xsd:gYear ; hv:end "2017"^^xsd:gYear .\n'
        f'x:f{n} a hv:Funding ; hv:fundedInitiative i:S{n} ; hv:amount {n}.0 ; hv:currency "EUR" ; hv:amountKind hva:other .\n'
        for n in range(5_000)
    ]
    store = ox.Store()
    store.bulk_load((PREFIXES + "".join(lines)).encode(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(ID + "g"))
    assert validate_store(store) == []
