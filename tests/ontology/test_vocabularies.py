"""Every vocabulary obeys the rules that the recognisers and the graph rely on."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph_api.validation import readable_report, validate_store
from loaders.iris import BASE, DCTERMS, HV, RDF, SKOS
from loaders.resources import list_files, read_text

FILES = list_files("ontology", "vocabularies", suffix=".ttl")
SMALL = {
    "roles": "applicant host partner pilot funder authority consultant mentioned",
    "organisation-types": "municipality joint_authority wellbeing_county university uas vocational_school school ministry "
    "state_agency ely regional_council research_institute association foundation union employer_org company church fund "
    "eu_fund programme_body public_body sub_unit other",
    "initiative-kinds": "project programme practice pilot",
    "amount-kinds": "granted-eu-state realised-eu-state planned-public realised-public total-budget own-share eu-share granted-eu "
    "participant-granted-eu participant-budget other",
    "statuses": "in-use in-progress completed active ended planned cancelled",
    "place-kinds": "municipality region wellbeing-county sub-region country former-municipality",
}
LABELS = [SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel"]
Described = dict[str, dict[str, list[ox.NamedNode | ox.Literal]]]


@cache
def parsed(file: str) -> tuple[ox.Triple, ...]:
    quads = ox.parse(read_text("ontology", "vocabularies", file), format=ox.RdfFormat.TURTLE)
    return tuple(quad.triple for quad in quads)


@cache
def described() -> Described:
    """Return everything that is said of each subject in all the vocabularies together."""
    found: Described = defaultdict(lambda: defaultdict(list))
    for file in FILES:
        for triple in parsed(file):
            if isinstance(triple.object, ox.NamedNode | ox.Literal):
                found[str(triple.subject)[1:-1]][triple.predicate.value].append(triple.object)
    return found


@cache
def concepts() -> dict[str, dict[str, list[ox.NamedNode | ox.Literal]]]:
    return {iri: said for iri, said in described().items() if ox.NamedNode(SKOS + "Concept") in said[RDF + "type"]}


@cache
def by_scheme() -> dict[str, list[str]]:
    schemes = defaultdict(list)
    for iri, said in concepts().items():
        for scheme in said[SKOS + "inScheme"]:
            schemes[scheme.value].append(iri)
    return schemes


SCHEMES = sorted(by_scheme())


def short(iri: str) -> str:
    return iri.removeprefix(BASE)


@pytest.mark.parametrize("file", FILES)
def test_a_file_has_no_blank_nodes(file: str) -> None:
    terms = {term for triple in parsed(file) for term in (triple.subject, triple.object)}
    assert not [term for term in terms if isinstance(term, ox.BlankNode)]


def test_every_subject_is_a_concept_of_one_scheme_or_a_scheme() -> None:
    schemes = {iri for iri, said in described().items() if ox.NamedNode(SKOS + "ConceptScheme") in said[RDF + "type"]}
    assert schemes == set(SCHEMES)
    assert set(described()) == schemes | set(concepts())
    assert [short(iri) for iri, said in concepts().items() if len(said[SKOS + "inScheme"]) != 1] == []


@pytest.mark.parametrize("scheme", SCHEMES, ids=short)
def test_a_scheme_has_a_title_in_three_languages_and_a_definition(scheme: str) -> None:
    said = described()[scheme]
    assert {t.language for t in said[DCTERMS + "title"] if isinstance(t, ox.Literal)} == {"fi", "sv", "en"}
    assert [d.language for d in said[SKOS + "definition"] if isinstance(d, ox.Literal)] == ["en"]


@pytest.mark.parametrize("scheme", SCHEMES, ids=short)
def test_notations_are_unique_and_name_the_iri(scheme: str) -> None:
    seen: dict[str, str] = {}
    for iri in by_scheme()[scheme]:
        said = concepts()[iri]
        notations = [notation.value for notation in said[SKOS + "notation"]]
        assert len(notations) == 1, iri
        local = iri.rpartition("/")[2]
        places = scheme.endswith("/places")
        assert local == notations[0] or (places and local.endswith(f"-{notations[0]}")), iri
        # Region 06 and wellbeing services county 06 are different things with the same official number.
        key = f"{local.partition('-')[0]} {notations[0]}" if places else notations[0]
        assert key not in seen, (iri, seen[key])
        seen[key] = iri


@pytest.mark.parametrize("scheme", SCHEMES, ids=short)
def test_concepts_have_one_preferred_label_a_language(scheme: str) -> None:
    wrong = []
    for iri in by_scheme()[scheme]:
        languages = [label.language for label in concepts()[iri][SKOS + "prefLabel"] if isinstance(label, ox.Literal)]
        if "fi" not in languages or len(languages) != len(set(languages)) or None in languages:
            wrong.append(short(iri))
    assert wrong == []


@pytest.mark.parametrize("scheme", [s for s in SCHEMES if short(s) != "scheme/word-lists"], ids=short)
def test_no_label_is_claimed_by_two_concepts(scheme: str) -> None:
    claims = defaultdict(set)
    for iri in by_scheme()[scheme]:
        for predicate in LABELS:
            for label in concepts()[iri][predicate]:
                claims[label.value.casefold()].add(iri)
    undecided = {
        label: sorted(map(short, claimants))
        for label, claimants in claims.items()
        if len(claimants) > 1 and not all(concepts()[iri][HV + "disambiguation"] for iri in claimants)
    }
    assert undecided == {}


def test_the_page_on_vocabularies_names_every_file(repository: Path) -> None:
    page = (repository / "docs" / "vocabularies.md").read_text("utf-8")
    named = set(re.findall(r"`([a-z-]+)(?:-…)?\.ttl`", page))
    assert {file.removesuffix(".ttl") for file in FILES if not file.startswith(("methods-", "organisations-"))} == named


def test_a_word_list_has_a_definition_and_words() -> None:
    """One word may stand in several lists: "hankkeen" tells no theme of a title, and owns nothing by name."""
    for iri in by_scheme()[f"{BASE}scheme/word-lists"]:
        assert concepts()[iri][SKOS + "definition"], iri
        assert concepts()[iri][SKOS + "hiddenLabel"], iri
        assert not concepts()[iri][SKOS + "altLabel"], iri


def test_ordinary_compounds_end_in_a_head_whose_compounds_may_name_methods() -> None:
    for iri in by_scheme()[f"{BASE}scheme/ordinary-compounds"]:
        head = concepts()[iri.replace("/ordinary-compound/", "/method-head/")]
        assert head[HV + "recognition"], iri
        words = [word.value for word in concepts()[iri][SKOS + "hiddenLabel"]]
        assert [word for word in words if not word.endswith(head[SKOS + "prefLabel"][0].value)] == []


@pytest.mark.parametrize("scheme", SCHEMES, ids=short)
def test_a_concept_claims_a_label_once(scheme: str) -> None:
    repeated = []
    for iri in by_scheme()[scheme]:
        said = concepts()[iri]
        labels = [str(label) for predicate in LABELS for label in said[predicate]]
        if len(labels) != len(set(labels)):
            repeated.append(short(iri))
    assert repeated == []


def test_labels_have_no_stray_blanks() -> None:
    labels = [label.value for said in concepts().values() for predicate in LABELS for label in said[predicate]]
    assert [label for label in labels if label != " ".join(label.split()) or not label] == []


def test_what_a_concept_points_at_is_there() -> None:
    """The municipalities as organisations (organisation/kunta-…) are derived from the places, not listed."""
    lost = set()
    for iri, said in described().items():
        for predicate, objects in said.items():
            for value in objects:
                if not (isinstance(value, ox.NamedNode) and value.value.startswith(BASE)):
                    continue
                target = value.value.replace("/organisation/kunta-", "/place/kunta-")
                if target not in described():
                    lost.add((short(iri), predicate, short(value.value)))
    assert lost == set()


def test_broader_never_leads_back() -> None:
    for iri in concepts():
        seen, above = set(), [iri]
        while above:
            node = above.pop()
            for broader in concepts()[node][SKOS + "broader"]:
                assert broader.value != iri, iri
                if broader.value not in seen:
                    seen.add(broader.value)
                    above.append(broader.value)


@pytest.mark.parametrize("scheme", ["methods", "roles"])
def test_broader_and_narrower_mirror_each_other(scheme: str) -> None:
    iris = by_scheme()[f"{BASE}scheme/{scheme}"]
    broader = {(iri, up.value) for iri in iris for up in concepts()[iri][SKOS + "broader"]}
    narrower = {(down.value, iri) for iri in iris for down in concepts()[iri][SKOS + "narrower"]}
    assert broader == narrower
    tops = {top.value for top in described()[f"{BASE}scheme/{scheme}"][SKOS + "hasTopConcept"]}
    assert tops == set(iris) - {iri for iri, _ in broader}
    assert tops == {iri for iri in iris if concepts()[iri][SKOS + "topConceptOf"]}


@pytest.mark.parametrize(("scheme", "notations"), SMALL.items())
def test_the_small_schemes_have_exactly_their_concepts_in_three_languages(scheme: str, notations: str) -> None:
    iris = by_scheme()[f"{BASE}scheme/{scheme}"]
    leaves = [iri for iri in iris if not concepts()[iri][SKOS + "narrower"]]
    assert {iri.rpartition("/")[2] for iri in leaves} == set(notations.split())
    for iri in iris:
        labels = concepts()[iri][SKOS + "prefLabel"]
        assert {label.language for label in labels if isinstance(label, ox.Literal)} == {"fi", "sv", "en"}, iri


def test_methods_say_how_they_are_recognised() -> None:
    iris = by_scheme()[f"{BASE}scheme/methods"]
    methods = [iri for iri in iris if ox.NamedNode(HV + "Method") in concepts()[iri][RDF + "type"]]
    assert len(methods) > 90
    for iri in iris:
        ways = [value.value for value in concepts()[iri][HV + "recognition"]]
        assert ways in (["strong"], ["weak"]) if iri in methods else ways == [], iri
        labels = concepts()[iri][SKOS + "prefLabel"]
        assert {label.language for label in labels if isinstance(label, ox.Literal)} == {"fi", "sv", "en"}, iri


def test_amount_kinds_say_how_they_are_printed() -> None:
    for iri in by_scheme()[f"{BASE}scheme/amount-kinds"]:
        printed = [value.value for value in concepts()[iri][HV + "outputLabel"]]
        assert printed == [iri.rpartition("/")[2].replace("-", "_")]


@pytest.mark.parametrize(
    ("scheme", "printed", "notation"),
    [
        ("organisation-types", "Ammattikorkeakoulu", "uas"),
        ("organisation-types", "Toisen asteen oppilaitos", "vocational_school"),
        ("organisation-types", "Muu yhdistys", "association"),
        ("organisation-types", "Rekisteröity yhdistys", "association"),
        ("organisation-types", "Valtion aluehallinto", "state_agency"),
        ("organisation-types", "Säätiö", "foundation"),
        ("statuses", "Keskeytynyt", "cancelled"),
        ("statuses", "Toiminta päättynyt", "ended"),
        ("amount-kinds", "Kustannusarvio", "total-budget"),
        ("amount-kinds", "Suunniteltu julkinen rahoitus yhteensä", "planned-public"),
        ("methods", "Lean-menetelmä", "lean"),
        ("methods", "Dialogijohtaminen", "dialoginen-johtaminen"),
        ("roles", "Osatoteuttaja", "partner"),
    ],
)
def test_what_sources_print_is_known(scheme: str, printed: str, notation: str) -> None:
    found = [
        iri.rpartition("/")[2]
        for iri in by_scheme()[f"{BASE}scheme/{scheme}"]
        for predicate in LABELS
        for label in concepts()[iri][predicate]
        if label.value.casefold() == printed.casefold()
    ]
    assert found == [notation]


def test_the_vocabularies_break_no_shape() -> None:
    store = ox.Store()
    graph = ox.NamedNode(BASE + "graph")
    store.bulk_extend(
        ox.Quad(triple.subject, triple.predicate, triple.object, graph) for file in FILES for triple in parsed(file)
    )
    violations = validate_store(store)
    assert violations == [], readable_report(violations)
