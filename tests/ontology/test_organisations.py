"""The authority file of organisations keeps its own rules, over all organisations*.ttl together."""

from __future__ import annotations

from collections import defaultdict
from graphlib import TopologicalSorter
from itertools import pairwise

import pytest
from rdflib import RDF, SKOS, Graph, Literal, Namespace, URIRef
from stdnum.fi import ytunnus

from loaders.iris import BASE, HV, XSD, slug
from loaders.resources import list_files, read_text

HV_NS = Namespace(HV)
ORGANISATION = BASE + "organisation/"
SCHEME = URIRef(BASE + "scheme/organisations")
FOLDER = ("ontology", "vocabularies")
TYPES = {
    "municipality",
    "joint_authority",
    "wellbeing_county",
    "university",
    "uas",
    "vocational_school",
    "school",
    "ministry",
    "state_agency",
    "ely",
    "regional_council",
    "research_institute",
    "association",
    "foundation",
    "union",
    "employer_org",
    "company",
    "church",
    "fund",
    "eu_fund",
    "programme_body",
    "public_body",
    "sub_unit",
    "other",
}
PROPERTIES = {
    RDF.type,
    SKOS.inScheme,
    SKOS.notation,
    SKOS.prefLabel,
    SKOS.altLabel,
    SKOS.hiddenLabel,
    *(
        HV_NS[name]
        for name in [
            "abbreviation",
            "businessId",
            "caseSensitive",
            "disambiguation",
            "emailDomain",
            "endedOn",
            "genitive",
            "locatedIn",
            "organisationType",
            "predecessorOf",
            "unitOf",
        ]
    ),
}


@pytest.fixture(scope="module")
def files() -> list[str]:
    return [name for name in list_files(*FOLDER, suffix=".ttl") if name.startswith("organisations")]


@pytest.fixture(scope="module")
def graph(files: list[str]) -> Graph:
    merged = Graph()
    for name in files:
        merged.parse(data=read_text(*FOLDER, name), format="turtle")
    return merged


@pytest.fixture(scope="module")
def concepts(graph: Graph) -> list[URIRef]:
    return [subject for subject in graph.subjects(RDF.type, SKOS.Concept) if isinstance(subject, URIRef)]


def labels_of(graph: Graph, concept: URIRef) -> set[str]:
    properties = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, HV_NS.abbreviation)
    return {str(label).casefold() for prop in properties for label in graph.objects(concept, prop)}


def find(graph: Graph, label: str) -> URIRef:
    found = {s for s in graph.subjects(SKOS.prefLabel, Literal(label, lang="fi")) if isinstance(s, URIRef)}
    assert len(found) == 1, f"{label!r} is the Finnish name of {len(found)} concepts"
    return found.pop()


def test_no_concept_is_described_in_two_places(files: list[str], concepts: list[URIRef]) -> None:
    headings = [line for name in files for line in read_text(*FOLDER, name).splitlines() if " a skos:Concept ;" in line]
    assert len(headings) == len(set(headings)) == len(concepts)
    assert len(concepts) > 600


def test_the_local_name_is_the_notation_and_a_slug(graph: Graph, concepts: list[URIRef]) -> None:
    for concept in concepts:
        notation = graph.value(concept, SKOS.notation, any=False)
        assert concept == URIRef(f"{ORGANISATION}{notation}")
        assert slug(str(notation)) == str(notation)
        assert graph.value(concept, SKOS.inScheme, any=False) == SCHEME


def test_only_the_properties_of_the_format_are_used(graph: Graph, concepts: list[URIRef]) -> None:
    used = {prop for concept in concepts for prop in graph.predicates(concept)}
    assert used <= PROPERTIES, used - PROPERTIES


def test_every_concept_has_one_name_in_finnish_and_none_twice_in_a_language(
    graph: Graph, concepts: list[URIRef]
) -> None:
    for concept in concepts:
        languages = [label.language for label in graph.objects(concept, SKOS.prefLabel) if isinstance(label, Literal)]
        assert "fi" in languages, concept
        assert len(languages) == len(set(languages)), concept
        assert set(languages) <= {"fi", "sv", "en"}, concept


def test_labels_are_clean(graph: Graph, concepts: list[URIRef]) -> None:
    for concept in concepts:
        for label in labels_of(graph, concept):
            assert label == " ".join(label.split()), (concept, label)
            assert len(label) > 1, (concept, label)
            assert not set(label) & set(';|"<>='), (concept, label)


def test_every_type_is_known(graph: Graph, concepts: list[URIRef]) -> None:
    known = {URIRef(f"{BASE}organisation-type/{name}") for name in TYPES}
    for concept in concepts:
        assert graph.value(concept, HV_NS.organisationType, any=False) in known, concept


def test_business_ids_are_valid_and_of_one_concept(graph: Graph) -> None:
    owners = defaultdict(set)
    for concept, number in graph.subject_objects(HV_NS.businessId):
        assert ytunnus.is_valid(str(number)), (concept, number)
        assert ytunnus.format(str(number)) == str(number), (concept, number)
        owners[str(number)].add(concept)
    assert owners
    assert {number: found for number, found in owners.items() if len(found) > 1} == {}


def test_a_label_of_two_concepts_is_explained_on_both(graph: Graph, concepts: list[URIRef]) -> None:
    claims = defaultdict(set)
    for concept in concepts:
        for label in labels_of(graph, concept):
            claims[label].add(concept)
    unexplained = {
        label: sorted(found)
        for label, found in claims.items()
        if len(found) > 1 and not all(graph.value(concept, HV_NS.disambiguation) for concept in found)
    }
    assert unexplained == {}


def test_relations_lead_to_concepts_of_the_scheme(graph: Graph, concepts: list[URIRef]) -> None:
    known = set(concepts)
    for prop in (HV_NS.predecessorOf, HV_NS.unitOf):
        assert {(s, o) for s, o in graph.subject_objects(prop) if o not in known} == set()


@pytest.mark.parametrize("name", ["predecessorOf", "unitOf"])
def test_there_are_no_cycles(graph: Graph, name: str) -> None:
    edges = defaultdict(set)
    for earlier, later in graph.subject_objects(HV_NS[name]):
        edges[later].add(earlier)
    assert list(TopologicalSorter(edges).static_order())


def test_a_predecessor_ended_no_later_than_its_successor(graph: Graph) -> None:
    for earlier, later in graph.subject_objects(HV_NS.predecessorOf):
        end = graph.value(earlier, HV_NS.endedOn, any=False)
        if end is None:
            continue  # the year is left out where it is not certain
        assert isinstance(end, Literal), earlier
        assert end.datatype == URIRef(XSD + "gYear"), earlier
        later_end = graph.value(later, HV_NS.endedOn)
        assert later_end is None or int(str(end)) <= int(str(later_end)), (earlier, later)


def test_regions_have_two_figures(graph: Graph) -> None:
    codes = {str(place).removeprefix(BASE + "place/maakunta-") for place in graph.objects(None, HV_NS.locatedIn)}
    assert codes <= {f"{number:02d}" for number in range(1, 22)} - {"03", "20"}
    assert len(codes) == 19


def test_e_mail_domains_are_domains(graph: Graph) -> None:
    for concept, domain in graph.subject_objects(HV_NS.emailDomain):
        host = str(domain)
        assert host == host.lower(), concept
        assert "@" not in host, concept
        assert host.count(".") >= 1, concept


@pytest.mark.parametrize(
    ("series", "count"),
    [
        ("elinkeino-, liikenne- ja ympäristökeskus", 15),
        ("työvoima- ja elinkeinokeskus", 15),
        ("elinvoimakeskus", 10),
        (" hyvinvointialue", 21),
        ("aluehallintovirasto", 6),
    ],
)
def test_the_series_are_complete(graph: Graph, series: str, count: int) -> None:
    names = [str(label) for label in graph.objects(None, SKOS.prefLabel) if str(label).endswith(series)]
    assert len(names) == count


@pytest.mark.parametrize(
    ("kind", "count"), [("ely", 15), ("wellbeing_county", 21), ("regional_council", 19)]
)  # 18 regional councils, and Itä-Uudenmaan liitto until 2010
def test_the_types_of_a_fixed_number_are_complete(graph: Graph, kind: str, count: int) -> None:
    found = set(graph.subjects(HV_NS.organisationType, URIRef(f"{BASE}organisation-type/{kind}")))
    assert len(found) == count


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tampereen yliopisto", "Tampereen ammattikorkeakoulu Oy"),
        ("Vaasan yliopisto", "Vaasan ammattikorkeakoulu Oy"),
        ("Pohjois-Savon liitto", "Pohjois-Savon hyvinvointialue"),
        ("Euroopan sosiaalirahasto", "Euroopan sosiaalirahasto plus"),
        ("Metsähallitus", "Metsäntutkimuslaitos"),
        ("Tampereen yliopisto", "Tampereen korkeakoulusäätiö sr"),
    ],
)
def test_look_alikes_are_two_concepts(graph: Graph, one: str, other: str) -> None:
    assert find(graph, one) != find(graph, other)
    assert not labels_of(graph, find(graph, one)) & labels_of(graph, find(graph, other))


@pytest.mark.parametrize(
    "line",
    [
        ("Kuopion yliopisto", "Itä-Suomen yliopisto"),
        ("Etelä-Karjalan ammattikorkeakoulu", "Saimaan ammattikorkeakoulu Oy", "LAB-ammattikorkeakoulu Oy"),
        ("Pohjois-Karjalan sairaanhoito- ja sosiaalipalvelujen kuntayhtymä", "Siun sote"),
        ("Siun sote", "Pohjois-Karjalan hyvinvointialue"),
        ("Opetusministeriö", "Opetus- ja kulttuuriministeriö"),
        ("Metsäntutkimuslaitos", "Luonnonvarakeskus"),
    ],
)
def test_succession_follows_history(graph: Graph, line: tuple[str, ...]) -> None:
    for earlier, later in pairwise(line):
        assert (find(graph, earlier), HV_NS.predecessorOf, find(graph, later)) in graph


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Seinäjoen ammattikorkeakoulu Oy", "SeAMK"),
        ("Seinäjoen ammattikorkeakoulu Oy", "Seinäjoen ammattikorkeakoulu"),
        ("Etelä-Pohjanmaan sairaanhoitopiiri", "EPSHP"),
        ("Suupohjan peruspalveluliikelaitoskuntayhtymä", "LLKY"),
        ("Pirkanmaan elinkeino-, liikenne- ja ympäristökeskus", "Pirkanmaan ELY-keskus"),
        ("Keva", "KEVA"),
        ("SuPer-liitto", "Superliitto"),
        ("Luonnonvarakeskus", "Luken"),
        ("Pohjois-Pohjanmaan hyvinvointialue", "Pohteen"),
    ],
)
def test_a_name_is_known_by_its_short_forms(graph: Graph, name: str, label: str) -> None:
    assert label.casefold() in labels_of(graph, find(graph, name))


@pytest.mark.parametrize(
    "word", ["kallio", "akseli", "iso", "koske", "avainta", "karelia", "verso", "teknologiateollisuus"]
)
def test_ordinary_words_are_no_labels(graph: Graph, concepts: list[URIRef], word: str) -> None:
    assert [concept for concept in concepts if word in labels_of(graph, concept)] == []
